using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Tokens of which a network sees some, as a masked autoencoder does. A token comes with its place, as one more number for each
/// place of the sequence, 1 at its own: the first linear layer's weights for them are learned positions.
/// </summary>
public static class TokenMasking
{
    private const double Least = 1e-6;

    /// <summary>All tokens with their places: what a network that learned from visible ones takes when nothing is
    /// masked.</summary>
    /// <param name="tokens">[N, L, P].</param>
    /// <returns>[N, L, P + L]; the caller frees it.</returns>
    public static Tensor WithPlaces(Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using var noGrad = no_grad();
        using var places = eye(tokens.size(1), dtype: tokens.dtype, device: tokens.device);
        using var all = places.unsqueeze(0).expand(tokens.size(0), -1, -1);
        return cat(new[] { tokens, all }, 2);
    }

    /// <summary>Which tokens stay visible: those with the least noise (He et al. 2021, arXiv 2111.06377, section 3).</summary>
    /// <param name="noise">A number for each token, [N, L].</param>
    /// <param name="count">K: how many stay.</param>
    /// <returns>Their places in the order of the sequence, [N, K] int64; the caller frees it.</returns>
    public static Tensor Keep(Tensor noise, long count)
    {
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return noise.argsort(1).narrow(1, 0, count).sort(1).Values.MoveToOuterDisposeScope();
    }

    /// <summary>The visible tokens with their places.</summary>
    /// <param name="tokens">[N, L, P].</param>
    /// <param name="kept">[N, K] int64.</param>
    /// <returns>[N, K, P + L]; the caller frees it.</returns>
    public static Tensor Visible(Tensor tokens, Tensor kept)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(kept);
        using var scope = NewDisposeScope();
        var all = WithPlaces(tokens);
        return all.gather(1, kept.unsqueeze(2).expand(-1, -1, all.size(2))).MoveToOuterDisposeScope();
    }

    /// <summary>Which tokens are masked.</summary>
    /// <param name="tokens">[N, L, P]: what type the result has.</param>
    /// <param name="kept">[N, K] int64.</param>
    /// <returns>[N, L]: 1 for a masked one, 0 for a visible one; the caller frees it.</returns>
    public static Tensor Masked(Tensor tokens, Tensor kept)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(kept);
        using var noGrad = no_grad();
        using var nothing = zeros(kept.shape, tokens.dtype, tokens.device);
        return ones([tokens.size(0), tokens.size(1)], tokens.dtype, tokens.device).scatter_(1, kept, nothing);
    }

    /// <summary>Where visible tokens stand among the tokens of all samples, one sample behind the other.</summary>
    /// <param name="kept">[N, K] int64.</param>
    /// <param name="length">L: the tokens of a sample.</param>
    /// <returns>n·L + k, [N·K] int64; the caller frees it.</returns>
    public static Tensor Rows(Tensor kept, long length)
    {
        ArgumentNullException.ThrowIfNull(kept);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var starts = Aten.mul(Aten.arange(0, kept.size(0), kept.device), length).unsqueeze(1);
        return Aten.add(kept, starts).flatten().MoveToOuterDisposeScope();
    }

    /// <summary>Each token less its own mean, divided by its own deviation: (x − μ)/√(σ² + 10⁻⁶), σ² over P −
    /// 1.</summary>
    /// <param name="tokens">[N, L, P], P at least 2.</param>
    /// <returns>[N, L, P]; the caller frees it.</returns>
    public static Tensor Normalized(Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var centered = tokens.sub(tokens.mean([2L], true));
        var variance = Aten.div(Aten.pow(centered, 2).sum(2, true), tokens.size(2) - 1d);
        return centered.div(Aten.add(variance, Least).sqrt()).MoveToOuterDisposeScope();
    }
}
