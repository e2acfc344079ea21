namespace Dsl;

/// <summary>
/// Detection of objects in two stages (Faster R-CNN; Ren et al. 2015, arXiv 1506.01497): behind the features of the model, the
/// backbone, one network proposes regions, and another one says of the features of each region, cut out by RoI align, which class
/// it shows and where its box is. All three are trained at once by four losses: cross-entropy and smooth L1 error of anchors, and
/// cross-entropy and smooth L1 error of regions, each over the number of anchors or regions that count.
/// </summary>
/// <typeparam name="TProposer">A class with <see cref="ModelAttribute">[Model]</see> that takes the features [N, C, h, w] and
/// gives [N, P, 5]: for each of P anchors four offsets and the logit of an object. P is h·w·A, A = scales times ratios, in the
/// order of the map's rows, their cells, scales, ratios; <c>[Conv2d(A·5, 1), Permute(2, 3, 1), Reshape(-1, 5)]</c> ends
/// it.</typeparam>
/// <typeparam name="THead">A class with <see cref="ModelAttribute">[Model]</see> that takes the features of a region [C, s, s]
/// and gives 1 + 5·K numbers: logits of background and K classes, then four offsets for each class.</typeparam>
/// <remarks>
/// <para>
/// Labels are the objects of each image, [N, M, 5]: a class, and a box x1, y1, x2, y2 in units of the image; the class is -1 in
/// rows that are no object. The trainer's <c>Detector</c> makes detections of features, and <c>Evaluate</c> gives their mean
/// average precision.
/// </para>
/// <para>
/// An anchor shows the object that it overlaps most, from <see cref="AnchorThreshold"/> on, and each object has its best anchor;
/// below <see cref="AnchorBackground"/> it shows none. Of those a random few count in each image, at most half of them with an
/// object. Proposals are the surest anchors as they are moved, cut off at the image's edges, without those that overlap a surer
/// one; no gradient goes through their boxes. An image's objects are proposals too. A random few of them are regions, at
/// most a quarter with an object. What an image lacks of them counts nothing, and neither does an image without any anchor that
/// is far enough from its objects. Offsets of anchors are as they are, those of regions are divided by 0.1 and 0.2.
/// </para>
/// <para>
/// The authors leave out anchors that reach beyond the image; here they stay. Their two logits of an anchor are one, which is the
/// same. A head that normalises over the batch sees regions that count nothing, too.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(3, 64, 64), Conv2d(32, 3, Stride = 4, Padding = 1), ReLU, Conv2d(64, 3, Stride = 2, Padding = 1), ReLU]
/// public partial class Backbone;                                  // [N, 64, 8, 8]
///
/// [Model(64, 8, 8), Conv2d(64, 3, Padding = 1), ReLU, Conv2d(6 * 5, 1), Permute(2, 3, 1), Reshape(-1, 5)]
/// public partial class Proposer;                                  // 2 scales, 3 ratios
///
/// [Model(64, 4, 4), Flatten, Linear(128), ReLU, Linear(1 + 5 * 6)]
/// public partial class Classifier;                                // 6 classes
///
/// [Trainer&lt;Backbone&gt;]
/// [FasterRcnn&lt;Proposer, Classifier&gt;(Scales = new[] { 0.25, 0.4 }, Proposals = 64, SampledRegions = 32)]
/// [Adam(1e-3), Epochs(20), BatchSize(16)]
/// public partial class BackboneTrainer;
/// </code></example>
public sealed class FasterRcnnAttribute<TProposer, THead> : SchemeAttribute
{
    /// <summary>Roots of the anchors' areas in units of the image, (0, 1].</summary>
    public double[] Scales { get; set; } = [];

    /// <summary>Widths over heights of the anchors of each scale.</summary>
    public double[] Ratios { get; set; } = [1, 2, 0.5];

    /// <summary>The overlap (intersection over union) from which on an anchor shows an object.</summary>
    [Interval("(0, 1]")]
    public double AnchorThreshold { get; set; } = 0.7;

    /// <summary>The overlap below which an anchor shows none, at most as large; what lies between counts nothing.</summary>
    [Interval("[0, 1]")]
    public double AnchorBackground { get; set; } = 0.3;

    /// <summary>Anchors of an image that count in a step.</summary>
    [Interval("[2, inf)")]
    public int SampledAnchors { get; set; } = 256;

    /// <summary>The surest anchors of an image that proposals are chosen from.</summary>
    [Interval("[1, inf)")]
    public int Candidates { get; set; } = 12000;

    /// <summary>The overlap with a surer proposal above which one is left out.</summary>
    [Interval("[0, 1]")]
    public double ProposalOverlap { get; set; } = 0.7;

    /// <summary>Proposals of an image, its objects among them: at least as many as an image has objects.</summary>
    [Interval("[1, inf)")]
    public int Proposals { get; set; } = 2000;

    /// <summary>Regions of an image that count in a step, at most as many as there are proposals.</summary>
    [Interval("[4, inf)")]
    public int SampledRegions { get; set; } = 128;

    /// <summary>The overlap from which on a proposal shows an object.</summary>
    [Interval("(0, 1]")]
    public double RegionThreshold { get; set; } = 0.5;

    /// <summary>Points of a side of a cell that RoI align takes the mean of.</summary>
    [Interval("[1, 16]")]
    public int Points { get; set; } = 2;

    /// <summary>β of the smooth L1 error of the anchors' offsets: errors up to it count as squares. That of the regions is
    /// 1.</summary>
    [Interval("(0, inf)")]
    public double AnchorBeta { get; set; } = 1.0 / 9;

    /// <summary>λ: what the errors of offsets count beside the cross-entropies, those of anchors and those of regions.</summary>
    [Interval("(0, inf)")]
    public double OffsetWeight { get; set; } = 1;
}
