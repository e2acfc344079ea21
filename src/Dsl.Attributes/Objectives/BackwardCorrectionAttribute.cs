namespace Dsl;

/// <summary>
/// Backward correction: the loss of every class weighed by T's inverse, −Σ_j (T⁻¹)_yj·log softmax(z)_j, which is in
/// expectation over wrong labels what cross-entropy is of right ones (Natarajan et al. 2013, lemma 1; Patrini et al. 2017,
/// arXiv 1609.03683, theorem 1).
/// </summary>
/// <remarks>Logits [N, K], labels [N] int64 in [0, K), or -100 where there is none. Its losses may be negative, and have no lower
/// bound: a network that fits every label makes them as small as it likes. The forward correction is the one to begin
/// with.</remarks>
public sealed class BackwardCorrectionAttribute : LabelCorrectionAttribute;
