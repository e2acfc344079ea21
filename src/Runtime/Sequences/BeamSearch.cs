using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A sequence that a search has found.</summary>
/// <param name="Tokens">The prompt and what follows, with the end where there is one.</param>
/// <param name="LogProbability">The log of the probability of what follows.</param>
/// <param name="Score">That divided by the length penalty: what sequences are compared by.</param>
/// <param name="HasEnded">Whether it ends with the end.</param>
public sealed record FoundSequence(IReadOnlyList<long> Tokens, double LogProbability, double Score, bool HasEnded);

/// <summary>
/// Looks for the likeliest continuation of a sequence: of all that a token adds to the B best so far, the B best go on
/// (Sutskever, Vinyals and Le 2014, arXiv 1409.3215, section 3.2). Sequences of different lengths are compared by log p/((5 +
/// |y|)/6)^α, |y| counting what follows on the prompt with the end (Wu et al. 2016, arXiv 1609.08144, equation 14, without its
/// coverage).
/// </summary>
/// <param name="width">B: how many sequences go on; 1 takes the likeliest token each time.</param>
/// <param name="end">The token that ends a sequence.</param>
/// <param name="length">How many tokens follow at most, the end among them.</param>
public sealed class BeamSearch(int width, long end, int length)
{
    private readonly int _width = width >= 1 ? width : throw new ArgumentOutOfRangeException(nameof(width), width, "At least 1.");
    private readonly int _length =
        length >= 1 ? length : throw new ArgumentOutOfRangeException(nameof(length), length, "At least 1.");

    /// <summary>α, at least 0: 0 compares log-probabilities as they are, which prefers short sequences; Wu et al. take 0.6 to
    /// 0.7.</summary>
    public double LengthPenalty
    {
        get;
        init => field = value >= 0 && double.IsFinite(value) ? value
            : throw new ArgumentOutOfRangeException(nameof(LengthPenalty), value, "A length penalty is at least 0.");
    } = 0.6;

    /// <summary>The best continuations of a sequence, the best one first.</summary>
    /// <param name="next">Logits [M, V] of the token that follows on tokens [M, t]; M is at most B.</param>
    /// <param name="prompt">[1, P] int64, P at least 1.</param>
    /// <returns>At most B sequences, by score; those that have not ended are as long as allowed.</returns>
    /// <exception cref="DataMismatchException">The prompt is no [1, P] of int64, or the logits are no [M, V].</exception>
    public IReadOnlyList<FoundSequence> Search(Func<Tensor, Tensor> next, Tensor prompt)
    {
        ArgumentNullException.ThrowIfNull(next);
        TokenGeneration.RequireTokens(prompt);
        if (prompt.size(0) != 1)
        {
            throw new DataMismatchException(
                $"The prompt is [{string.Join(", ", prompt.shape)}], but a search is for one sequence, [1, P]: search for each.");
        }

        using var noGrad = no_grad();
        FoundSequence[] beams = [new([.. prompt.to(CPU).data<long>()], 0, 0, HasEnded: false)];
        for (int step = 1; step <= _length && beams.Any(beam => !beam.HasEnded); step++)
            beams = Step(next, beams, step, prompt.device);
        return beams;
    }

    /// <summary>What a network of two inputs and a fixed number of places tells of the token behind the last one.</summary>
    /// <param name="network">From tokens [M, T] and a context [M, ...] to logits [M, T, V] of the token behind each place,
    /// where a place depends on itself and those before alone: a translator. Put it into evaluation mode before.</param>
    /// <param name="places">T.</param>
    /// <param name="context">[1, ...]: what is translated.</param>
    /// <returns>A function for <see cref="Search"/> and <see cref="TokenGeneration"/>.</returns>
    public static Func<Tensor, Tensor> Translator(Func<Tensor, Tensor, Tensor> network, int places, Tensor context)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(context);
        return tokens =>
        {
            using var scope = NewDisposeScope();
            long seen = tokens.size(1);
            if (seen > places)
            {
                throw new DataMismatchException(
                    $"{seen} tokens are more than the {places} places that the network has: look for shorter sequences.");
            }

            var padded = seen == places ? tokens
                : cat([tokens, Aten.full([tokens.size(0), places - seen], 0, ScalarType.Int64, tokens.device)], 1);
            return network(padded, context.expand([tokens.size(0), .. context.shape.Skip(1)])).select(1, seen - 1)
                .MoveToOuterDisposeScope();
        };
    }

    private FoundSequence[] Step(Func<Tensor, Tensor> next, FoundSequence[] beams, int step, Device device)
    {
        using var scope = NewDisposeScope();
        FoundSequence[] live = [.. beams.Where(beam => !beam.HasEnded)];
        var tokens = tensor(live.SelectMany(beam => beam.Tokens).ToArray(), [live.Length, live[0].Tokens.Count]).to(device);
        var told = TokenGeneration.RequireLogits(next(tokens), live.Length).to_type(ScalarType.Float64).log_softmax(1);

        // No beam can have more than B among the B best.
        var (values, places) = told.topk((int)Math.Min(_width, told.size(1)), 1);
        double[] steps = [.. values.to(CPU).contiguous().data<double>()];
        long[] chosen = [.. places.to(CPU).contiguous().data<long>()];
        int each = steps.Length / live.Length;
        double penalty = Math.Pow((5 + step) / 6.0, LengthPenalty);
        var longer = steps.Select((value, i) =>
        {
            var beam = live[i / each];
            double sum = beam.LogProbability + value;
            return new FoundSequence([.. beam.Tokens, chosen[i]], sum, sum / penalty, chosen[i] == end);
        }).Where(beam => !double.IsNegativeInfinity(beam.LogProbability));
        return [.. beams.Where(beam => beam.HasEnded).Concat(longer).OrderByDescending(beam => beam.Score).Take(_width)];
    }
}
