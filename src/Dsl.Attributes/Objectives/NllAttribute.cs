namespace Dsl;

/// <summary>Negative log-likelihood of integer labels under a model that returns log-probabilities: −w_y·x_y in nats.</summary>
/// <remarks>
/// Log-probabilities [N, K], as of a model that ends with <see cref="LogSoftmaxAttribute"/>; labels [N] int64 in [0, K), or
/// -100 where there is none. The mean divides by the sum of the labels' weights.
/// </remarks>
public sealed class NllAttribute : ClassObjectiveAttribute;
