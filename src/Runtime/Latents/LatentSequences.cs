using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Sequences of tokens that are told of latent numbers, each token of them and of the tokens before it (Bowman et al.
/// 2016, arXiv 1511.06349).</summary>
public static class LatentSequences
{
    /// <summary>What a decoder reads: at each place the token before it.</summary>
    /// <param name="tokens">[N, T] int64.</param>
    /// <param name="start">The token before the first.</param>
    /// <returns>[N, T] int64; the caller frees it.</returns>
    public static Tensor Before(Tensor tokens, long start)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using var noGrad = no_grad();
        using var others = tokens.narrow(1, 0, tokens.size(1) - 1);
        return Behind(start, others);
    }

    /// <summary>The same, of which some tokens are not seen.</summary>
    /// <param name="tokens">[N, T] int64.</param>
    /// <param name="dropped">[N, T] bool: where an unknown token is read; the first of each row is not looked at.</param>
    /// <param name="start">The token before the first.</param>
    /// <param name="unknown">The token in the place of one that is not seen.</param>
    /// <returns>[N, T] int64; the caller frees it.</returns>
    public static Tensor Before(Tensor tokens, Tensor dropped, long start, long unknown)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(dropped);
        using var noGrad = no_grad();
        long others = tokens.size(1) - 1;
        using var before = tokens.narrow(1, 0, others);
        using var hidden = dropped.narrow(1, 1, others);
        using var seen = Aten.masked_fill(before, hidden, unknown);
        return Behind(start, seen);
    }

    /// <summary>The tokens that are told, in rows; −100 for what stands behind the first end of its sequence.</summary>
    /// <param name="tokens">[N, T] int64.</param>
    /// <param name="end">The token that ends a sequence; negative for none.</param>
    /// <returns>[N·T] int64; the caller frees it.</returns>
    public static Tensor Labels(Tensor tokens, long end)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var told = tokens.clone();
        if (end >= 0)
        {
            var ends = Aten.eq(tokens, end).to_type(ScalarType.Int64);
            told = Aten.masked_fill(tokens, Aten.gt(ends.cumsum(1) - ends, 0), -100);
        }

        return told.reshape(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Sequences drawn token by token, in evaluation mode.</summary>
    /// <param name="latent">[N, Z].</param>
    /// <param name="numbers">[N, T] of [0, 1), which decide tokens.</param>
    /// <param name="decoder">From latent numbers [N, Z] and the tokens before each place [N, T] to logits [N, T, V]; it does not
    /// see later places.</param>
    /// <param name="start">The token before the first.</param>
    /// <param name="end">The token behind which a sequence has only more of it; negative for none.</param>
    /// <returns>[N, T] int64; the caller frees it.</returns>
    public static Tensor Draw(
        Tensor latent, Tensor numbers, nn.Module<Tensor, Tensor, Tensor> decoder, long start, long end)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return Write(latent, decoder, numbers.size(1), start, end, new TokenDecoding(), place => numbers.select(1, place));
    }

    /// <summary>The likeliest token of each place, one after another, in evaluation mode.</summary>
    /// <param name="latent">[N, Z].</param>
    /// <param name="decoder">As there.</param>
    /// <param name="places">T.</param>
    /// <param name="start">The token before the first.</param>
    /// <param name="end">The token behind which a sequence has only more of it; negative for none.</param>
    /// <returns>[N, T] int64; the caller frees it.</returns>
    public static Tensor Decode(
        Tensor latent, nn.Module<Tensor, Tensor, Tensor> decoder, long places, long start, long end) =>
        Write(latent, decoder, places, start, end, TokenDecoding.Greedy, _ => latent);

    private static Tensor Behind(long start, Tensor others)
    {
        using var first = Aten.full([others.size(0), 1], start, ScalarType.Int64, others.device);
        return cat([first, others], 1);
    }

    // Whole passes: a place costs all of them.
    private static Tensor Write(
        Tensor latent, nn.Module<Tensor, Tensor, Tensor> decoder, long places, long start, long end, TokenDecoding decoding,
        Func<long, Tensor> numbers)
    {
        ArgumentNullException.ThrowIfNull(latent);
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        return FrozenNetwork.Evaluating(decoder, () =>
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            var written = zeros([latent.size(0), places], ScalarType.Int64, latent.device);
            var ended = zeros(latent.size(0), ScalarType.Bool, latent.device);
            for (long place = 0; place < places; place++)
            {
                using var ofPlace = NewDisposeScope();
                var logits = decoder.forward(latent, Before(written, start)).select(1, place);
                var chosen = decoding.Choose(logits, numbers(place));
                if (end >= 0)
                {
                    chosen = Aten.masked_fill(chosen, ended, end);
                    ended = Aten.eq(chosen, end).MoveToOuterDisposeScope();
                }

                written.select(1, place).copy_(chosen);
            }

            return written.MoveToOuterDisposeScope();
        });
    }
}
