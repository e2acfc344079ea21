using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Tokens that are to be told from their neighbours: which are selected, and what stands in their place (Devlin et al. 2018,
/// arXiv 1810.04805, section 3.1; Joshi et al. 2019, arXiv 1907.10529, section 3.1). Nothing waits for a device.
/// </summary>
public static class MaskedTokens
{
    /// <summary>The tokens with the least noise, max(1, round(ratio·n)) of the n places of a sequence, but no more than can be
    /// selected.</summary>
    /// <param name="tokens">[N, T] int64.</param>
    /// <param name="noise">A number for each token, [N, T].</param>
    /// <param name="lengths">How many places of each sequence are its own, [N] int64; null where all are.</param>
    /// <param name="ratio">In (0, 1).</param>
    /// <param name="special">Tokens that are never selected.</param>
    /// <returns>[N, T] bool; the caller frees it.</returns>
    public static Tensor Select(Tensor tokens, Tensor noise, Tensor? lengths, double ratio, ReadOnlySpan<long> special)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(noise);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        lengths ??= Whole(tokens);
        var candidates = Candidates(tokens, lengths, special);
        return Least(noise, candidates, Budget(lengths, candidates, ratio)).MoveToOuterDisposeScope();
    }

    /// <summary>Spans of tokens: each begins at a place drawn evenly and has ℓ tokens with a probability of p·(1 − p)^(ℓ
    /// − 1), ℓ = 1, ..., L, until as many are selected as by <see cref="Select"/>. The last span
    /// is cut; what T spans leave over goes to single tokens with the least noise.</summary>
    /// <param name="tokens">[N, T] int64.</param>
    /// <param name="noise">For single tokens, [N, T].</param>
    /// <param name="kinds">A number for each span, or single token at its place, [N, T].</param>
    /// <param name="starts">Where the spans begin, as parts of the sequence, [N, T], of [0, 1).</param>
    /// <param name="spans">The lengths of spans as values of their distribution function, [N, T], of [0, 1).</param>
    /// <param name="lengths">How many places of each sequence are its own, [N] int64; null where all are.</param>
    /// <param name="ratio">In (0, 1).</param>
    /// <param name="end">p, in (0, 1).</param>
    /// <param name="longest">L, at least 1.</param>
    /// <param name="special">Tokens that are never selected; a span goes on behind them.</param>
    /// <returns>Which are selected, [N, T] bool, and the kind of each one's span, [N, T]; the caller frees them.</returns>
    public static (Tensor Selected, Tensor Kinds) SelectSpans(Tensor tokens, Tensor noise, Tensor kinds, Tensor starts,
        Tensor spans, Tensor? lengths, double ratio, double end, int longest, ReadOnlySpan<long> special)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(noise);
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentNullException.ThrowIfNull(starts);
        ArgumentNullException.ThrowIfNull(spans);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 1);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        lengths ??= Whole(tokens);
        var candidates = Candidates(tokens, lengths, special);
        var budget = Budget(lengths, candidates, ratio);
        var place = Aten.arange(0, tokens.size(1), tokens.device).unsqueeze(0);
        var begin = (starts.to_type(ScalarType.Float64) * lengths.unsqueeze(1)).to_type(ScalarType.Int64);
        var stop = Aten.add(begin, SpanLengths(spans, end, longest));
        var selected = zeros(tokens.shape, ScalarType.Bool, tokens.device);
        var own = kinds.clone();
        for (long i = 0; i < tokens.size(1); i++)
        {
            using var step = NewDisposeScope();
            var inside = place.ge(begin.narrow(1, i, 1)).logical_and(place.lt(stop.narrow(1, i, 1)))
                .logical_and(candidates).logical_and(selected.logical_not());
            var left = budget - selected.sum(1, true);
            var taken = inside.logical_and(inside.cumsum(1).le(left));
            own = where(taken, kinds.narrow(1, i, 1), own).MoveToOuterDisposeScope();
            selected = selected.logical_or(taken).MoveToOuterDisposeScope();
        }

        var rest = Least(noise, candidates.logical_and(selected.logical_not()), budget - selected.sum(1, true));
        return (selected.logical_or(rest).MoveToOuterDisposeScope(), own.MoveToOuterDisposeScope());
    }

    /// <summary>What the network sees: of the selected tokens those whose kind is below <paramref name="masked"/> are the mask
    /// token, those below <paramref name="masked"/> + <paramref name="random"/> another one, the others stay.</summary>
    /// <param name="tokens">[N, T] int64.</param>
    /// <param name="selected">[N, T] bool.</param>
    /// <param name="kinds">[N, T], of [0, 1).</param>
    /// <param name="replacements">The other tokens, [N, T] int64.</param>
    /// <param name="mask">The mask token.</param>
    /// <param name="masked">In [0, 1].</param>
    /// <param name="random">In [0, 1 − masked].</param>
    /// <returns>[N, T] int64; the caller frees it.</returns>
    public static Tensor Replace(
        Tensor tokens, Tensor selected, Tensor kinds, Tensor replacements, long mask, double masked, double random)
    {
        ArgumentNullException.ThrowIfNull(selected);
        ArgumentNullException.ThrowIfNull(kinds);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var changed = where(selected.logical_and(Aten.lt(kinds, masked + random)), replacements, tokens);
        return Aten.masked_fill(changed, selected.logical_and(Aten.lt(kinds, masked)), mask).MoveToOuterDisposeScope();
    }

    /// <summary>The selected tokens as labels, all samples one behind the other; -100 for the others.</summary>
    /// <param name="tokens">[N, T] int64.</param>
    /// <param name="selected">[N, T] bool.</param>
    /// <returns>[N·T] int64; the caller frees it.</returns>
    public static Tensor Labels(Tensor tokens, Tensor selected)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(selected);
        using var scope = NewDisposeScope();
        return Aten.masked_fill(tokens, selected.logical_not(), ClassLabels.None).reshape(-1).MoveToOuterDisposeScope();
    }

    private static Tensor Whole(Tensor tokens) =>
        Aten.full([tokens.size(0)], tokens.size(1), ScalarType.Int64, tokens.device);

    private static Tensor Candidates(Tensor tokens, Tensor lengths, ReadOnlySpan<long> special)
    {
        var candidates = Aten.arange(0, tokens.size(1), tokens.device).unsqueeze(0).lt(lengths.unsqueeze(1));
        foreach (long token in special) candidates = candidates.logical_and(Aten.ne(tokens, token));
        return candidates;
    }

    // How many tokens of each sequence, [N, 1]: a half is rounded to the even number, as in the authors' code.
    private static Tensor Budget(Tensor lengths, Tensor candidates, double ratio)
    {
        var wanted = Aten.clamp_min(Aten.mul(lengths.to_type(ScalarType.Float64), ratio).round().to_type(ScalarType.Int64), 1L);
        return wanted.unsqueeze(1).minimum(candidates.sum(1, true));
    }

    private static Tensor Least(Tensor noise, Tensor candidates, Tensor count)
    {
        var order = Aten.masked_fill(noise, candidates.logical_not(), double.PositiveInfinity).argsort(1);
        return order.argsort(1).lt(count).logical_and(candidates);
    }

    // The inverse of F(ℓ) = (1 − q^ℓ)/(1 − q^L), q = 1 − p.
    private static Tensor SpanLengths(Tensor spans, double end, int longest)
    {
        double q = 1 - end;
        var tail = Aten.add(Aten.mul(spans.to_type(ScalarType.Float64), Math.Pow(q, longest) - 1), 1d);
        var lengths = Aten.div(tail.log(), Math.Log(q)).ceil().to_type(ScalarType.Int64);
        return Aten.clamp_(lengths, 1L, longest);
    }
}
