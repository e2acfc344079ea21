namespace Dsl;

/// <summary>
/// Contrastive loss of pairs: those of a class are pulled together, others pushed apart up to a margin: ½·d² of a pair of a
/// class, ½·max(0, m − d)² of another, the mean over all pairs of the batch (Hadsell, Chopra and LeCun 2006, equation 4).
/// The network sees each sample once: comparing all pairs of a batch is what two copies with shared weights, a siamese
/// network, would do.
/// </summary>
/// <example><code>
/// [Trainer&lt;Embedder&gt;, ContrastivePairs(Margin = 1), Adam(1e-3), BatchSize(64), SamplesPerClass(4), Epochs(20)]
/// public partial class EmbedderTrainer;
/// </code></example>
public sealed class ContrastivePairsAttribute : MetricObjectiveAttribute
{
    /// <summary>m: the Euclidean distance from which pairs of different classes are left alone.</summary>
    [Interval("(0, inf)")]
    public double Margin { get; set; } = 1;
}
