namespace Dsl;

/// <summary>Kullback-Leibler divergence from the prediction to given distributions, KL(t ‖ softmax(z)) = Σ t·(log t − log
/// softmax(z)) in nats.</summary>
/// <remarks>
/// Logits [N, K]; targets [N, K], each row at least 0 and summing to 1. The sum is over classes and the mean over samples,
/// PyTorch's
/// <c>batchmean</c>: its <c>mean</c> divides by K too, which is no divergence.
/// </remarks>
public sealed class KlDivergenceAttribute : ReducedObjectiveAttribute;
