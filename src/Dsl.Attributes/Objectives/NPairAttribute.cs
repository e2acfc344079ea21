namespace Dsl;

/// <summary>
/// Multi-class N-pair loss, the (N+1)-tuplet loss with the other classes' positives as negatives: −log softmax(f_i·f⁺_j,
/// j)[i], the mean over pairs, + λ·mean ‖f‖² (Sohn 2016, NeurIPS, equations 2, 7 and 8).
/// </summary>
/// <remarks>
/// A batch has two samples of each of its classes: <c>[SamplesPerClass(2)]</c>; the first one of a class is the anchor, the
/// second the positive. Products are of the vectors as they are: their lengths are held by the penalty, and
/// <see cref="MetricObjectiveAttribute.Normalize"/> is habitually off.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Embedder&gt;, NPair, Adam(1e-3), BatchSize(20), SamplesPerClass(2), Steps(500)]
/// public partial class EmbedderTrainer;
/// </code></example>
public sealed class NPairAttribute : MetricObjectiveAttribute
{
    /// <summary>Vectors as they are.</summary>
    public NPairAttribute() => Normalize = false;

    /// <summary>λ: weight of the squared lengths; habitually 0.002 to 0.01.</summary>
    [Interval("[0, inf)")]
    public double LengthPenalty { get; set; } = 0.002;
}
