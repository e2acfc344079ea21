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
        return Look((tokens, _) => next(tokens), prompt);
    }

    /// <summary>Likewise, by a network that is computed place by place: a token costs one place of each sequence, until all T
    /// places are there; then the window moves on, and each token costs all of them.</summary>
    /// <typeparam name="TNetwork">Its class.</typeparam>
    /// <param name="network">From tokens [N, T] to logits [N, T, V] of the token behind each place, with <c>Stepwise =
    /// true</c>. It is in evaluation mode meanwhile.</param>
    /// <param name="prompt">[1, P] int64, P at least 1.</param>
    /// <returns>As there: what is kept of earlier places follows the sequences that go on.</returns>
    /// <exception cref="DataMismatchException">The prompt is no [1, P] of int64.</exception>
    public IReadOnlyList<FoundSequence> Search<TNetwork>(TNetwork network, Tensor prompt)
        where TNetwork : nn.Module<Tensor, Tensor>, IStepwiseModel
    {
        ArgumentNullException.ThrowIfNull(network);
        using var cache = new SequenceCache();
        return FrozenNetwork.Evaluating(network, () => Look((tokens, origins) =>
        {
            if (cache.Place > 0 && tokens.size(1) <= network.Places) cache.Select(origins);
            return TokenGeneration.ByPlaces(network, cache, tokens);
        }, prompt));
    }

    // `next` is also told which of the sequences that it was asked for the last time each of these goes on.
    private FoundSequence[] Look(Func<Tensor, long[], Tensor> next, Tensor prompt)
    {
        TokenGeneration.RequireTokens(prompt);
        if (prompt.size(0) != 1)
        {
            throw new DataMismatchException(
                $"The prompt is [{string.Join(", ", prompt.shape)}], but a search is for one sequence, [1, P]: search for each.");
        }

        using var noGrad = no_grad();
        Beam[] beams = [new(new FoundSequence([.. prompt.to(CPU).data<long>()], 0, 0, HasEnded: false), 0)];
        for (int step = 1; step <= _length && beams.Any(beam => !beam.Found.HasEnded); step++)
            beams = Step(next, beams, step, prompt.device);
        return [.. beams.Select(beam => beam.Found)];
    }

    /// <summary>What a network of two inputs and a fixed number of places tells of the token behind the last one.</summary>
    /// <param name="network">From tokens [M, T] and a context [M, ...] to logits [M, T, V] of the token behind each place,
    /// where a place depends on itself and those before alone: a translator. Put it into evaluation mode before.</param>
    /// <param name="places">T.</param>
    /// <param name="context">[1, ...]: what is translated.</param>
    /// <returns>A function for <see cref="Search(Func{Tensor, Tensor}, Tensor)"/> and <see cref="TokenGeneration"/>.</returns>
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

    private Beam[] Step(Func<Tensor, long[], Tensor> next, Beam[] beams, int step, Device device)
    {
        using var scope = NewDisposeScope();
        Beam[] going = [.. beams.Where(beam => !beam.Found.HasEnded)];
        FoundSequence[] live = [.. going.Select(beam => beam.Found)];
        var tokens = tensor(live.SelectMany(beam => beam.Tokens).ToArray(), [live.Length, live[0].Tokens.Count]).to(device);
        var asked = next(tokens, [.. going.Select(beam => (long)beam.Origin)]);
        var told = TokenGeneration.RequireLogits(asked, live.Length).to_type(ScalarType.Float64).log_softmax(1);

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
            return new Beam(new([.. beam.Tokens, chosen[i]], sum, sum / penalty, chosen[i] == end), i / each);
        }).Where(beam => !double.IsNegativeInfinity(beam.Found.LogProbability));
        return
        [
            .. beams.Where(beam => beam.Found.HasEnded).Concat(longer).OrderByDescending(beam => beam.Found.Score).Take(_width),
        ];
    }

    /// <summary>A sequence, and which of those it goes on that were asked for last.</summary>
    private readonly record struct Beam(FoundSequence Found, int Origin);
}
