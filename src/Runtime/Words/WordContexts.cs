using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What word2vec learns from in a text: a word that is to be told (the label), and what tells it (the input). Windows are
/// drawn anew for each word, of 1, ..., w words on either side with equal chances; frequent words are dropped before windows are
/// laid (Mikolov et al. 2013, arXiv 1310.4546, section 2.3), so that they reach further. No window leaves its sentence.
/// </summary>
/// <remarks>
/// A word of relative frequency f stays with the chance min(1, √(t/f) + t/f), as in the authors' program; the paper's equation
/// 5 has √(t/f) alone. Drawing is done once, when the data is made; <c>passes</c> goes through the text several times, each
/// with windows and dropped words of its own, and all of them are an epoch.
/// </remarks>
public sealed class WordContexts : ILabeledDataSource, IDisposable
{
    private readonly Tensor _bags;
    private readonly Tensor? _bagOf;
    private readonly Tensor _labels;

    private WordContexts(WordVocabulary vocabulary, Tensor bags, Tensor? bagOf, long[] labels)
    {
        if (labels.Length == 0)
        {
            throw new ArgumentException(
                "No word has another one near it: give longer sentences, more passes, or a larger subsampling threshold.");
        }

        Vocabulary = vocabulary;
        _bags = bags.DetachFromDisposeScope();
        _bagOf = bagOf?.DetachFromDisposeScope();
        _labels = tensor(labels).DetachFromDisposeScope();
    }

    /// <summary>Whose numbers words are, and how often each comes in the whole text.</summary>
    public WordVocabulary Vocabulary { get; }

    /// <summary>How many samples there are.</summary>
    public long Count => DisposedData.Require(_labels, this).size(0);

    /// <summary>Pairs of a word and one near it, which it tells.</summary>
    /// <param name="vocabulary">Words with their counts; others are left out before windows are laid.</param>
    /// <param name="sentences">Each as its words.</param>
    /// <param name="window">w, at least 1.</param>
    /// <param name="subsampling">t, above 0, usually 1e-3 to 1e-5; infinity drops no word.</param>
    /// <param name="passes">How often the text is gone through, at least 1.</param>
    /// <param name="seed">Decides windows and dropped words.</param>
    /// <param name="subwords">What stands in the place of a word that tells: its number and those of its n-grams, [N, L]; null
    /// for its number, [N, 1].</param>
    /// <exception cref="ArgumentException">The vocabulary has no counts, or no word has another one near it.</exception>
    public static WordContexts SkipGram(
        WordVocabulary vocabulary, IEnumerable<IReadOnlyList<string>> sentences, int window = 5, double subsampling = 1e-3,
        int passes = 1, long seed = 0, Subwords? subwords = null)
    {
        if (subwords is not null && subwords.Vocabulary != vocabulary)
            throw new ArgumentException("The n-grams are of another vocabulary.", nameof(subwords));
        List<long> words = [], labels = [];
        Go(vocabulary, sentences, window, subsampling, passes, seed, (sentence, place, first, last) =>
        {
            for (int other = first; other <= last; other++)
            {
                if (other == place) continue;
                words.Add(sentence[place]);
                labels.Add(sentence[other]);
            }
        });
        using var scope = NewDisposeScope();
        var bags = subwords?.Table() ?? Aten.arange(0, vocabulary.Count).unsqueeze(1);
        return new WordContexts(vocabulary, bags, tensor(words.ToArray()), [.. labels]);
    }

    /// <summary>The words around a place, which tell the word there.</summary>
    /// <param name="vocabulary">Words with their counts; others are left out before windows are laid.</param>
    /// <param name="sentences">Each as its words.</param>
    /// <param name="window">w, at least 1: a sample is [2·w], filled up with V, the number behind the last word.</param>
    /// <param name="subsampling">t, above 0, usually 1e-3 to 1e-5; infinity drops no word.</param>
    /// <param name="passes">How often the text is gone through, at least 1.</param>
    /// <param name="seed">Decides windows and dropped words.</param>
    /// <exception cref="ArgumentException">The vocabulary has no counts, or no word has another one near it.</exception>
    public static WordContexts Cbow(
        WordVocabulary vocabulary, IEnumerable<IReadOnlyList<string>> sentences, int window = 5, double subsampling = 1e-3,
        int passes = 1, long seed = 0)
    {
        List<long> bags = [], labels = [];
        Go(vocabulary, sentences, window, subsampling, passes, seed, (sentence, place, first, last) =>
        {
            if (first == last) return;
            for (int other = first; other <= last; other++)
                if (other != place) bags.Add(sentence[other]);
            for (int more = last - first; more < 2 * window; more++) bags.Add(vocabulary.Count);
            labels.Add(sentence[place]);
        });
        using var scope = NewDisposeScope();
        return new WordContexts(vocabulary, tensor(bags.ToArray()).reshape(-1, 2L * window), null, [.. labels]);
    }

    /// <summary>How often words come, as shares: in the whole text of <see cref="WordContexts"/>, and of other data among the
    /// labels.</summary>
    /// <param name="data">What is trained on.</param>
    /// <param name="words">How many words the network knows.</param>
    /// <param name="type">Number type of the result.</param>
    /// <param name="device">Where the result is used; it stays on the CPU, on which random numbers are drawn.</param>
    /// <returns>[V]; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">The vocabulary of the data has another size.</exception>
    public static Tensor Frequencies(ILabeledDataSource data, int words, ScalarType type, Device device)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(device);
        if (data is not WordContexts { Vocabulary: var vocabulary }) return ClassFrequencies.Count(data, words, type, CPU);
        if (vocabulary.Count != words)
        {
            throw new DataMismatchException(
                $"The vocabulary of the data has {vocabulary.Count} words, but the model's table of words that are told has "
                + $"{words}: write [Embedding({vocabulary.Count}, D)] there.");
        }

        double total = vocabulary.Counts.Sum();
        return tensor(vocabulary.Counts.Select(count => count / total).ToArray(), type, CPU).DetachFromDisposeScope();
    }

    /// <summary>What tells, [B, 1] or [B, L] int64.</summary>
    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        var bags = DisposedData.Require(_bags, this);
        if (_bagOf is null) return bags.index_select(0, indices);
        using var places = _bagOf.index_select(0, indices);
        return bags.index_select(0, places);
    }

    /// <summary>The words that are told, [B] int64.</summary>
    /// <inheritdoc/>
    public Tensor ReadLabels(Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return DisposedData.Require(_labels, this).index_select(0, indices);
    }

    /// <summary>Frees the samples.</summary>
    public void Dispose()
    {
        _bags.Dispose();
        _bagOf?.Dispose();
        _labels.Dispose();
    }

    private static void Go(
        WordVocabulary vocabulary, IEnumerable<IReadOnlyList<string>> sentences, int window, double subsampling, int passes,
        long seed, Action<int[], int, int, int> take)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(sentences);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        if (!(subsampling > 0))
            throw new ArgumentOutOfRangeException(nameof(subsampling), subsampling, "A threshold is above 0.");
        if (vocabulary.Counts.Count == 0)
            throw new ArgumentException("The vocabulary has no counts: make it by WordVocabulary.Of.", nameof(vocabulary));
        double total = vocabulary.Counts.Sum();
        double[] stays = [.. vocabulary.Counts.Select(count => double.IsPositiveInfinity(subsampling) || count == 0 ? 1
            : Math.Min(1, Math.Sqrt(subsampling * total / count) + (subsampling * total / count)))];
        int[][] encoded = [.. sentences.Select(vocabulary.Encode)];
        for (int pass = 0; pass < passes; pass++)
        {
            var random = new HostRandom(StreamSeed.Of(seed, "windows of words", pass));
            foreach (int[] sentence in encoded)
            {
                int[] kept = [.. sentence.Where(word => stays[word] >= 1 || random.Uniform() < stays[word])];
                for (int place = 0; place < kept.Length; place++)
                {
                    int reach = 1 + (int)(random.Uniform() * window);
                    take(kept, place, Math.Max(0, place - reach), Math.Min(kept.Length - 1, place + reach));
                }
            }
        }
    }
}
