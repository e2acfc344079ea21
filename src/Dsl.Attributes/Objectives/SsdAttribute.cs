namespace Dsl;

/// <summary>
/// Detection of objects by prior boxes (SSD; Liu et al. 2016, arXiv 1512.02325, equations 1 to 3): the smooth L1 error of the
/// offsets of those that stand for an object, plus the cross-entropy of those and of the hardest priors of background, over the
/// number of priors that stand for an object. A batch without any has the loss 0.
/// </summary>
/// <remarks>
/// <para>
/// The model returns [N, P, 4 + 1 + K]: for each of P priors four offsets, the logit of background, and those of K classes. P is
/// the number of priors: for each map its cells times the ratios and one more, in the order of the maps. A head is
/// <c>[Conv2d(A·(5 + K), 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 5 + K)]</c> with A boxes of a cell, and
/// <c>[Concat("...")]</c> appends the rows of another map.
/// </para>
/// <para>
/// Labels are the objects of each image, [N, M, 5]: a class, and a box x1, y1, x2, y2 in units of the image; the class is -1 in
/// rows that are no object. A prior stands for the object that it overlaps most, from <see cref="Threshold"/> on, and each object
/// has the prior that overlaps it most. Offsets are scaled by the authors' variances 0.1 and 0.2. The trainer's <c>Detector</c>
/// makes detections of what the model returns.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(3, 32, 32), Conv2d(16, 3, Stride = 2, Padding = 1), ReLU, Conv2d(32, 3, Stride = 2, Padding = 1), ReLU, Tag("fine")]
/// [Conv2d(32, 3, Stride = 2, Padding = 1), ReLU, Conv2d(4 * 8, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 8), Tag("coarse")]
/// [From("fine"), Conv2d(4 * 8, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 8), Concat("coarse")]
/// public partial class Net;
///
/// [Trainer&lt;Net&gt;, Ssd(Maps = new[] { 8, 4 }, Scales = new[] { 0.2, 0.4, 0.8 }), Adam(1e-3)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class SsdAttribute : TermAttribute
{
    /// <summary>Cells of a side of each square feature map, in the order in which the model has their rows.</summary>
    public int[] Maps { get; set; } = [];

    /// <summary>The side of each map's square priors in units of the image, (0, 1], and one number more; the additional square of
    /// map k has the side √(s_k·s_(k+1)).</summary>
    public double[] Scales { get; set; } = [];

    /// <summary>Widths over heights of a cell's priors, which have the area s_k² each.</summary>
    public double[] Ratios { get; set; } = [1, 2, 0.5];

    /// <summary>The overlap (intersection over union) from which on a prior stands for an object.</summary>
    [Interval("(0, 1]")]
    public double Threshold { get; set; } = 0.5;

    /// <summary>Rows of background that count in an image for each row that stands for an object.</summary>
    [Interval("[0, inf)")]
    public double Negatives { get; set; } = 3;

    /// <summary>What the error of the offsets counts beside the cross-entropy: α of equation 1.</summary>
    [Interval("(0, inf)")]
    public double OffsetWeight { get; set; } = 1;
}
