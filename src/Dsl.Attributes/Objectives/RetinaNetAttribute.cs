namespace Dsl;

/// <summary>
/// Detection of objects by anchors and a focal loss (RetinaNet; Lin et al. 2017, arXiv 1708.02002): the sum of
/// −α_t·(1 − p_t)^γ·log p_t over every class of every anchor that is clearly an object or clearly background, plus the
/// smooth L1 error of the offsets of those that stand for an object, over the number of these, at least 1.
/// </summary>
/// <remarks>
/// <para>
/// The model returns [N, P, 4 + K]: for each of P anchors four offsets and a logit of each of K classes; there is none of
/// background. P is the number of anchors: for each map its cells times <see cref="ScalesPerOctave"/> times the ratios, in the
/// order of the maps, in each cell the scales, in each scale the ratios.
/// </para>
/// <para>
/// Background is nearly everything, and its loss would be all of the first steps': the last layer of the classes begins where a
/// class has the probability 0.01, by <c>Init(Initializer.Normal, Std = 0.01, Bias = Initializer.Constant, Value = -4.595)</c>
/// behind it (section 3.3: b = −log((1 − π)/π)). That is why offsets and classes have convolutions of their own.
/// </para>
/// <para>
/// Labels are the objects of each image, [N, M, 5]: a class, and a box x1, y1, x2, y2 in units of the image; the class is -1 in
/// rows that are no object. The trainer's <c>Detector</c> makes detections of what the model returns.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(3, 32, 32), Conv2d(16, 3, Stride = 4, Padding = 1), ReLU, Tag("map")]
/// [Conv2d(9 * 3, 3, Padding = 1), Init(Initializer.Normal, Std = 0.01, Bias = Initializer.Constant, Value = -4.595)]
/// [Permute(2, 3, 1), Reshape(-1, 3), Permute(2, 1), Tag("classes")]
/// [From("map"), Conv2d(9 * 4, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 4), Permute(2, 1), Concat("classes")]
/// [Permute(2, 1)]
/// public partial class Net;
///
/// [Trainer&lt;Net&gt;, RetinaNet(Maps = new[] { 8 }, Scales = new[] { 0.25 }), Adam(1e-3)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class RetinaNetAttribute : TermAttribute
{
    /// <summary>Cells of a side of each square feature map, in the order in which the model has their rows.</summary>
    public int[] Maps { get; set; } = [];

    /// <summary>For each map the root of the area of its smallest anchors, in units of the image; the largest of an octave is at
    /// most 1.</summary>
    public double[] Scales { get; set; } = [];

    /// <summary>Anchors of a ratio in a cell: their scales are s, s·2^(1/n), ..., s·2^((n − 1)/n).</summary>
    [Interval("[1, 16]")]
    public int ScalesPerOctave { get; set; } = 3;

    /// <summary>Widths over heights of anchors.</summary>
    public double[] Ratios { get; set; } = [1, 2, 0.5];

    /// <summary>The overlap (intersection over union) from which on an anchor stands for the object that it overlaps most. Each
    /// object has its best anchor, whatever their overlap.</summary>
    [Interval("(0, 1]")]
    public double Threshold { get; set; } = 0.5;

    /// <summary>The overlap below which an anchor is background; what lies between counts nothing in the loss of
    /// classes.</summary>
    [Interval("[0, 1]")]
    public double Background { get; set; } = 0.4;

    /// <summary>α: the weight of a class that is there; 1 − α is that of one that is not.</summary>
    [Interval("(0, 1)")]
    public double Alpha { get; set; } = 0.25;

    /// <summary>γ: how much less counts what is classified well; 0 for a cross-entropy.</summary>
    [Interval("[0, inf)")]
    public double Gamma { get; set; } = 2;

    /// <summary>The error of an offset up to which it counts as a square; the authors' code has 0.11.</summary>
    [Interval("(0, inf)")]
    public double Beta { get; set; } = 0.11;

    /// <summary>λ: what the error of the offsets counts beside that of the classes.</summary>
    [Interval("(0, inf)")]
    public double OffsetWeight { get; set; } = 1;
}
