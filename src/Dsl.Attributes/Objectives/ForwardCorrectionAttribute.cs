namespace Dsl;

/// <summary>
/// Forward correction: cross-entropy of what labels the network's prediction would be given, −log (Tᵀ·softmax(z))_y, so
/// that the network itself tells the right class (Patrini et al. 2017, arXiv 1609.03683, theorem 2).
/// </summary>
/// <remarks>Logits [N, K], labels [N] int64 in [0, K), or -100 where there is none.</remarks>
public sealed class ForwardCorrectionAttribute : LabelCorrectionAttribute;
