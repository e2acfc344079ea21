namespace Dsl;

/// <summary>
/// Triplet loss: an anchor is to be nearer to a sample of its class than to one of another, by a margin: max(0, d(a, p) −
/// d(a, n) + m), or with a soft margin log(1 + exp(d(a, p) − d(a, n))) (Schroff et al. 2015, arXiv 1503.03832, equation
/// 1; Hermans et al. 2017, arXiv 1703.07737).
/// </summary>
/// <example><code>
/// [Trainer&lt;Embedder&gt;, Triplet(Margin = 0.2), Adam(1e-3), BatchSize(64), SamplesPerClass(4), Epochs(20)]
/// public partial class EmbedderTrainer;
/// </code></example>
public sealed class TripletAttribute : MetricObjectiveAttribute
{
    /// <summary>m, in units of the distance; 0.2 for vectors of length 1. Without effect with a soft margin.</summary>
    [Interval("(0, inf)")]
    public double Margin { get; set; } = 0.2;

    /// <summary>Whether log(1 + exp(·)) stands in place of the hinge with its margin.</summary>
    public bool Soft { get; set; }

    /// <summary>Which triplets are taken.</summary>
    public TripletMining Mining { get; set; }

    /// <summary>Whether distances are squared, as in the first paper; else they are Euclidean.</summary>
    public bool Squared { get; set; }
}
