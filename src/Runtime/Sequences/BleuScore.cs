namespace Dsl.Runtime;

/// <summary>What stands in the place of a share of n-grams that is 0, or might be.</summary>
public enum BleuSmoothing
{
    /// <summary>Nothing: a corpus without a common n-gram of the largest size has a score of 0, as in the paper.</summary>
    None,

    /// <summary>0.1 common n-grams where there is none (Chen and Cherry 2014, method 1).</summary>
    Epsilon,

    /// <summary>One more n-gram, and one more common one, of all sizes but 1 (Lin and Och 2004; Chen and Cherry 2014, method
    /// 2).</summary>
    AddOne,
}

/// <summary>
/// BLEU: how much translations have in common with references, BP·exp(mean log p_n), p_n the share of n-grams of all
/// translations that a reference of the sentence has, each counted as often as the reference that has most of it, and BP
/// = min(1, e^(1 − r/c)) for translations of c tokens in all and references of r (Papineni et al. 2002, section 2.3).
/// </summary>
/// <param name="Score">In [0, 1]; papers write it times 100. Scores compare for equal tokens alone.</param>
/// <param name="Precisions">p_1, ..., p_N, smoothed where that was asked for.</param>
/// <param name="BrevityPenalty">BP.</param>
/// <param name="Length">c: tokens of all translations.</param>
/// <param name="ReferenceLength">r: tokens of that reference of each sentence whose length is nearest, the shorter of
/// two.</param>
public sealed record BleuScore(
    double Score, IReadOnlyList<double> Precisions, double BrevityPenalty, long Length, long ReferenceLength)
{
    /// <summary>The score of a corpus; that of one sentence is hardly ever above 0 without smoothing.</summary>
    /// <typeparam name="T">Words, or numbers of tokens.</typeparam>
    /// <param name="translations">Each as its tokens.</param>
    /// <param name="references">For each translation one reference or several, none of them empty.</param>
    /// <param name="order">N: the largest n, at least 1.</param>
    /// <param name="smoothing">What becomes of sizes of which nothing is common.</param>
    /// <exception cref="ArgumentException">No translation, another number of references, or a sentence without
    /// one.</exception>
    public static BleuScore Of<T>(
        IReadOnlyList<IReadOnlyList<T>> translations, IReadOnlyList<IReadOnlyList<IReadOnlyList<T>>> references, int order = 4,
        BleuSmoothing smoothing = BleuSmoothing.None)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(translations);
        ArgumentNullException.ThrowIfNull(references);
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        if (!Enum.IsDefined(smoothing)) throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "No such smoothing.");
        if (translations.Count == 0) throw new ArgumentException("There is no translation.", nameof(translations));
        if (references.Count != translations.Count)
        {
            throw new ArgumentException(
                $"There are {translations.Count} translations, but references of {references.Count} sentences.",
                nameof(references));
        }

        long length = 0, referenceLength = 0;
        var common = new long[order];
        var all = new long[order];
        foreach (var (i, (translation, own)) in translations.Zip(references).Index())
        {
            if (own.Count == 0 || own.Any(reference => reference.Count == 0))
                throw new ArgumentException($"Sentence {i} has no reference, or an empty one.", nameof(references));
            length += translation.Count;
            referenceLength += own.Select(reference => reference.Count)
                .OrderBy(count => Math.Abs(count - translation.Count)).ThenBy(count => count).First();
            for (int n = 1; n <= order; n++)
            {
                var known = own.Select(reference => Count(reference, n)).ToList();
                foreach (var (gram, count) in Count(translation, n))
                {
                    all[n - 1] += count;
                    common[n - 1] += Math.Min(count, known.Max(counts => counts.GetValueOrDefault(gram)));
                }
            }
        }

        double[] precisions = [.. Enumerable.Range(0, order).Select(i => Share(common[i], all[i], smoothing, isFirst: i == 0))];
        double penalty = length == 0 ? 0 : Math.Min(1, Math.Exp(1 - (referenceLength / (double)length)));
        double score = penalty == 0 || precisions.Any(share => share == 0) ? 0
            : penalty * Math.Exp(precisions.Average(Math.Log));
        return new BleuScore(score, precisions, penalty, length, referenceLength);
    }

    /// <summary>The score of a corpus with one reference for each translation.</summary>
    /// <typeparam name="T">Words, or numbers of tokens.</typeparam>
    /// <param name="translations">Each as its tokens.</param>
    /// <param name="references">One for each, none of them empty.</param>
    /// <param name="order">N: the largest n, at least 1.</param>
    /// <param name="smoothing">What becomes of sizes of which nothing is common.</param>
    /// <exception cref="ArgumentException">No translation, or another number of references.</exception>
    public static BleuScore OfPairs<T>(
        IReadOnlyList<IReadOnlyList<T>> translations, IReadOnlyList<IReadOnlyList<T>> references, int order = 4,
        BleuSmoothing smoothing = BleuSmoothing.None)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(references);
        var alone = references.Select(reference => (IReadOnlyList<IReadOnlyList<T>>)[reference]);
        return Of(translations, [.. alone], order, smoothing);
    }

    private static double Share(long common, long all, BleuSmoothing smoothing, bool isFirst) => smoothing switch
    {
        BleuSmoothing.AddOne when !isFirst => (common + 1.0) / (all + 1.0),
        BleuSmoothing.Epsilon when common == 0 => 0.1 / Math.Max(1, all),
        _ => all == 0 ? 0 : common / (double)all,
    };

    private static Dictionary<NGram<T>, int> Count<T>(IReadOnlyList<T> tokens, int n)
        where T : notnull
    {
        var counts = new Dictionary<NGram<T>, int>();
        for (int start = 0; start + n <= tokens.Count; start++)
        {
            var gram = new NGram<T>([.. Enumerable.Range(start, n).Select(place => tokens[place])]);
            counts[gram] = counts.GetValueOrDefault(gram) + 1;
        }

        return counts;
    }

    /// <summary>Tokens that compare by value.</summary>
    private readonly record struct NGram<T>(T[] Tokens)
        where T : notnull
    {
        public bool Equals(NGram<T> other) => Tokens.AsSpan().SequenceEqual(other.Tokens, EqualityComparer<T>.Default);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (var token in Tokens) hash.Add(token);
            return hash.ToHashCode();
        }
    }
}
