namespace Dsl;

/// <summary>What a layer learns in the place of its weight.</summary>
public enum WeightNormalization
{
    /// <summary>The weight itself.</summary>
    None,

    /// <summary>
    /// Weight normalisation: w = g·v/‖v‖ for each output, a row of the weight (Salimans and Kingma 2016, arXiv 1602.07868,
    /// equation 2). Parameters <c>weight_v</c>, of the weight's shape, and <c>weight_g</c> [out, 1, ...], as in
    /// <c>torch.nn.utils.weight_norm</c>. v starts as the weight would, and g as ‖v‖, so that w starts as the weight would. A
    /// row v of zeros has no direction, and its w is not a number.
    /// </summary>
    Weight,

    /// <summary>
    /// Spectral normalisation: w = W/σ, σ = uᵀWv the largest singular value of W as [out, all others], nearly (Miyato et al.
    /// 2018, arXiv 1802.05957, algorithm 1). Parameter <c>weight_orig</c>, buffers <c>weight_u</c> [out] and <c>weight_v</c> [all
    /// others], as in <c>torch.nn.utils.spectral_norm</c>.
    /// </summary>
    /// <remarks>Each forward pass in training makes one power iteration, v ← Wᵀu/‖Wᵀu‖, u ← Wv/‖Wv‖, and none in
    /// evaluation; the start makes fifteen. u and v are constants to the gradient.</remarks>
    Spectral,
}
