using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Continues sequences of tokens, one token after another.</summary>
public static class TokenGeneration
{
    /// <summary>Sequences continued by what a function tells of them.</summary>
    /// <param name="next">Logits [N, V] of the token that follows on tokens [N, t].</param>
    /// <param name="prompt">[N, P] int64, P at least 1: what is continued.</param>
    /// <param name="length">How many tokens follow at most.</param>
    /// <param name="decoding">How a token is chosen; null for a draw of what the model tells.</param>
    /// <param name="end">A token behind which a sequence has only more of it; null for none.</param>
    /// <param name="seed">Of the random numbers: the same seed gives the same ones.</param>
    /// <returns>[N, P + m] int64 on the prompt's device, m at most <paramref name="length"/>: less where all sequences have
    /// ended. The caller frees it.</returns>
    /// <exception cref="DataMismatchException">The prompt is no [N, P] of int64, or the logits are no [N, V].</exception>
    public static Tensor Generate(
        Func<Tensor, Tensor> next, Tensor prompt, long length, TokenDecoding? decoding = null, long? end = null, long seed = 0)
    {
        using var stream = new RandomStream(seed, "tokens");
        return Generate(next, prompt, length, decoding, end, step =>
            new DrawSampler(stream, step, ScalarType.Float64, prompt.device).Uniform(0, 1, prompt.size(0)));
    }

    /// <summary>Sequences continued by a network, which computes all places of its window anew for each token. The window ends
    /// at the last token; what does not fit in it is not seen.</summary>
    /// <param name="network">From tokens [N, T] to logits [N, T, V] of the token behind each place; a place may depend on
    /// itself and those before alone. It is in evaluation mode meanwhile.</param>
    /// <param name="places">T, the places that the network was declared for.</param>
    /// <param name="prompt">[N, P] int64, P at least 1: what is continued.</param>
    /// <param name="length">How many tokens follow at most.</param>
    /// <param name="decoding">How a token is chosen; null for a draw of what the model tells.</param>
    /// <param name="end">A token behind which a sequence has only more of it; null for none.</param>
    /// <param name="seed">Of the random numbers: the same seed gives the same ones.</param>
    /// <returns>[N, P + m] int64, m at most <paramref name="length"/>; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">The prompt is no [N, P] of int64.</exception>
    public static Tensor Generate(
        nn.Module<Tensor, Tensor> network, int places, Tensor prompt, long length, TokenDecoding? decoding = null,
        long? end = null, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        return FrozenNetwork.Evaluating(network, () =>
            Generate(tokens => InWindow(network, places, tokens), prompt, length, decoding, end, seed));
    }

    /// <summary>Sequences continued by a network that is computed place by place: a token costs one place, until all are there.
    /// Then the window moves on, and each token costs all places.</summary>
    /// <typeparam name="TNetwork">Its class.</typeparam>
    /// <param name="network">From tokens [N, T] to logits [N, T, V] of the token behind each place, with <c>Stepwise =
    /// true</c>. It is in evaluation mode meanwhile.</param>
    /// <param name="prompt">[N, P] int64, P at least 1: what is continued.</param>
    /// <param name="length">How many tokens follow at most.</param>
    /// <param name="decoding">How a token is chosen; null for a draw of what the model tells.</param>
    /// <param name="end">A token behind which a sequence has only more of it; null for none.</param>
    /// <param name="seed">Of the random numbers: the same seed gives the same ones.</param>
    /// <returns>[N, P + m] int64, m at most <paramref name="length"/>; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">The prompt is no [N, P] of int64.</exception>
    public static Tensor Generate<TNetwork>(
        TNetwork network, Tensor prompt, long length, TokenDecoding? decoding = null, long? end = null, long seed = 0)
        where TNetwork : nn.Module<Tensor, Tensor>, IStepwiseModel
    {
        ArgumentNullException.ThrowIfNull(network);
        using var cache = new SequenceCache();
        return FrozenNetwork.Evaluating(network, () =>
            Generate(tokens => ByPlaces(network, cache, tokens), prompt, length, decoding, end, seed));
    }

    /// <summary>Sequences continued by a function, each token decided by a number that is given.</summary>
    /// <param name="next">Logits [N, V] of the token that follows on tokens [N, t].</param>
    /// <param name="prompt">[N, P] int64, P at least 1: what is continued.</param>
    /// <param name="numbers">[length, N] of [0, 1).</param>
    /// <param name="decoding">How a token is chosen; null for a draw of what the model tells.</param>
    /// <param name="end">A token behind which a sequence has only more of it; null for none.</param>
    /// <returns>[N, P + m] int64, m at most length; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">The prompt is no [N, P] of int64, or the numbers are others.</exception>
    public static Tensor Generate(
        Func<Tensor, Tensor> next, Tensor prompt, Tensor numbers, TokenDecoding? decoding = null, long? end = null)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        RequireTokens(prompt);
        if (numbers.dim() == 2 && numbers.size(1) == prompt.size(0))
            return Generate(next, prompt, numbers.size(0), decoding, end, step => numbers.select(0, step));
        throw new DataMismatchException(
            $"The numbers are [{string.Join(", ", numbers.shape)}]: give one for each token and sequence, [length, "
            + $"{prompt.size(0)}].");
    }

    /// <summary>Logits [N, V] of what follows on tokens [N, t], of which the cache has seen the first ones.</summary>
    internal static Tensor ByPlaces<TNetwork>(TNetwork network, SequenceCache cache, Tensor tokens)
        where TNetwork : nn.Module<Tensor, Tensor>, IStepwiseModel
    {
        if (tokens.size(1) > network.Places) return InWindow(network, network.Places, tokens);
        Tensor logits = network.Next(tokens.narrow(1, cache.Place, 1), cache);
        while (cache.Place < tokens.size(1))
        {
            logits.Dispose();
            logits = network.Next(tokens.narrow(1, cache.Place, 1), cache);
        }

        return logits.select(1, 0);
    }

    /// <summary>What a network of T places tells of the token that follows on others: a whole pass over the last T.</summary>
    /// <param name="network">From tokens [N, T] to logits [N, T, V] of the token behind each place; a place may depend on
    /// itself and those before alone.</param>
    /// <param name="places">T.</param>
    /// <param name="tokens">[N, t], t at least 1.</param>
    /// <returns>Logits [N, V]; the caller frees them.</returns>
    public static Tensor Continue(nn.Module<Tensor, Tensor> network, int places, Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        RequireTokens(tokens);
        return InWindow(network, places, tokens);
    }

    private static Tensor InWindow(nn.Module<Tensor, Tensor> network, int places, Tensor tokens)
    {
        long length = tokens.size(1), seen = Math.Min(length, places);
        var window = tokens.narrow(1, length - seen, seen);

        // What stands behind the last token is not seen by it.
        if (seen < places)
            window = cat([window, Aten.full([tokens.size(0), places - seen], 0, ScalarType.Int64, tokens.device)], 1);
        return network.forward(window).select(1, seen - 1);
    }

    /// <summary>Refuses what is no batch of sequences.</summary>
    internal static void RequireTokens(Tensor prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (prompt.dim() == 2 && prompt.dtype == ScalarType.Int64 && prompt.size(0) > 0 && prompt.size(1) > 0) return;
        throw new DataMismatchException(
            $"The prompt is {prompt.dtype} [{string.Join(", ", prompt.shape)}], but sequences are Int64 [N, P] with a token at "
            + "least: begin with one that starts a sequence.");
    }

    /// <summary>Refuses what tells nothing of the next token of each sequence.</summary>
    internal static Tensor RequireLogits(Tensor logits, long sequences)
    {
        if (logits.dim() == 2 && logits.size(0) == sequences) return logits;
        throw new DataMismatchException(
            $"The logits are [{string.Join(", ", logits.shape)}], but those of the next token of {sequences} sequences are "
            + $"[{sequences}, V].");
    }

    private static Tensor Generate(
        Func<Tensor, Tensor> next, Tensor prompt, long length, TokenDecoding? decoding, long? end, Func<long, Tensor> numbers)
    {
        ArgumentNullException.ThrowIfNull(next);
        RequireTokens(prompt);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var choice = decoding ?? new TokenDecoding();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var tokens = prompt.clone();
        var ended = zeros(prompt.size(0), ScalarType.Bool, prompt.device);
        for (long step = 0; step < length; step++)
        {
            using var ofStep = NewDisposeScope();
            var logits = RequireLogits(next(tokens), prompt.size(0));
            var chosen = choice.Choose(logits, numbers(step));
            if (end is { } last)
            {
                chosen = Aten.masked_fill(chosen, ended, last);
                ended = Aten.eq(chosen, last).MoveToOuterDisposeScope();
            }

            tokens = cat([tokens, chosen.unsqueeze(1)], 1).MoveToOuterDisposeScope();
            if (end is not null && Aten.is_nonzero(ended.all())) break;
        }

        return tokens.MoveToOuterDisposeScope();
    }
}
