namespace Dsl;

/// <summary>Several labels of one sample: the mean over K independent binary cross-entropies, −w_k·y_k·log σ(z_k) − (1 −
/// y_k)·log(1 − σ(z_k)).</summary>
/// <remarks>Logits [N, K] without a sigmoid of their own; labels [N, K] in [0, 1], of any number type. The mean is over samples
/// and labels.</remarks>
public sealed class MultiLabelAttribute : ReducedObjectiveAttribute
{
    /// <summary>For each of the K labels the weight of its presence, habitually absent/present samples; all 1 when left
    /// out.</summary>
    [Interval("(0, inf)")]
    public double[]? PositiveWeights { get; set; }
}
