namespace Dsl;

/// <summary>Cross-entropy of integer labels, averaged over the batch: −(1/N) Σₙ log softmax(z)ₙ,yₙ in nats.</summary>
/// <remarks>Logits [N, K] of the model, labels [N] int64 in [0, K).</remarks>
public sealed class CrossEntropyAttribute : ObjectiveAttribute;
