namespace Dsl;

/// <summary>
/// Detection of objects as a set (DETR; Carion et al. 2020, arXiv 2005.12872, equations 1 and 2): each object is one query's, by
/// the matching of least cost of all; the cross-entropy of what each query shows, plus the distance of the boxes of matched pairs
/// and one minus their generalised overlap. Detections need no suppression.
/// </summary>
/// <remarks>
/// <para>
/// The model returns [N, Q, 4 + 1 + K]: for each of Q queries the logits of a box, whose sigmoids are centre x, centre y, width
/// and height in units of the image; the logit of no object; and those of K classes. Q is larger than the number of objects of an
/// image; where it is not, only Q of them are matched.
/// </para>
/// <para>
/// A pair costs −p of the object's class, plus <see cref="CoordinateWeight"/> times the L1 distance of the boxes, minus
/// <see cref="OverlapWeight"/> times their generalised overlap. The matching is exact, on the host, for which a step on another
/// device waits; no gradient goes through it. Auxiliary losses of earlier decoder layers are further such objectives, on a tagged
/// value each (<c>Of</c>).
/// </para>
/// <para>
/// Labels are the objects of each image, [N, M, 5]: a class, and a box x1, y1, x2, y2 in units of the image; the class is -1 in
/// rows that are no object. The trainer's <c>Detector</c> makes detections of what the model returns.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(3, 32, 32), Conv2d(32, 3, Stride = 4, Padding = 1), ReLU, Reshape(32, 64), Permute(2, 1), PositionalEmbedding]
/// [TransformerEncoderLayer(4, 64), Tag("memory"), LearnedConstant(10, 1, 32), Reshape(10, 32)]
/// [TransformerDecoderLayer(4, 64, Causal = false), Linear(4 + 1 + 3)]
/// public partial class Net;
///
/// [Trainer&lt;Net&gt;, Detr, AdamW(1e-4)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class DetrAttribute : TermAttribute
{
    /// <summary>λ_L1: what the distance of two boxes counts, in the loss and in the cost of a pair.</summary>
    [Interval("[0, inf)")]
    public double CoordinateWeight { get; set; } = 5;

    /// <summary>λ_iou: what one minus the generalised overlap of two boxes counts, in the loss and in the cost of a
    /// pair.</summary>
    [Interval("[0, inf)")]
    public double OverlapWeight { get; set; } = 2;

    /// <summary>The weight of queries without an object in the mean of the cross-entropies.</summary>
    [Interval("(0, 1]")]
    public double NoObjectWeight { get; set; } = 0.1;
}
