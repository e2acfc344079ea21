using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Tokens of which some are those that a network tells itself (Bengio et al. 2015, arXiv 1506.03099).</summary>
public static class ScheduledTokens
{
    /// <summary>In the place of some tokens, but never of the first, the likeliest one told at the place before.</summary>
    /// <param name="tokens">[N, T] int64, the true ones.</param>
    /// <param name="logits">[N, T, V] of the token behind each place.</param>
    /// <param name="told">[N, T] bool: which tokens are replaced; the first of each row is not read.</param>
    /// <returns>[N, T] int64; the caller frees it.</returns>
    public static Tensor Mix(Tensor tokens, Tensor logits, Tensor told)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var noGrad = no_grad();
        using var likeliest = logits.argmax(-1);
        return Replace(tokens, likeliest, told);
    }

    /// <summary>In the place of some tokens, but never of the first, one drawn of those told at the place before.</summary>
    /// <param name="tokens">[N, T] int64, the true ones.</param>
    /// <param name="logits">[N, T, V] of the token behind each place.</param>
    /// <param name="told">[N, T] bool: which tokens are replaced; the first of each row is not read.</param>
    /// <param name="numbers">[N, T] of [0, 1): at each place the first token below whose end of the distribution function the
    /// number lies.</param>
    /// <returns>[N, T] int64; the caller frees it.</returns>
    public static Tensor Mix(Tensor tokens, Tensor logits, Tensor told, Tensor numbers)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(numbers);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var drawn = new TokenDecoding().Choose(logits.reshape(-1, logits.size(-1)), numbers.reshape(-1));
        return Replace(tokens, drawn.reshape(numbers.shape), told).MoveToOuterDisposeScope();
    }

    private static Tensor Replace(Tensor tokens, Tensor next, Tensor told)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(told);
        using var scope = NewDisposeScope();
        long length = tokens.size(1);
        var later = where(told.narrow(1, 1, length - 1), next.narrow(1, 0, length - 1), tokens.narrow(1, 1, length - 1));
        return cat([tokens.narrow(1, 0, 1), later], 1).MoveToOuterDisposeScope();
    }
}
