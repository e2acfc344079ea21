namespace Dsl.Runtime;

/// <summary>The words of a text that come often enough, the most frequent first.</summary>
public sealed class WordVocabulary
{
    private readonly Dictionary<string, int> _places;

    /// <summary>A vocabulary of given words.</summary>
    /// <param name="words">Different words, in the order of their numbers.</param>
    /// <param name="counts">How often each comes; empty where that is not known.</param>
    /// <exception cref="ArgumentException">No word, an empty or a repeated one, or as many counts as there are words
    /// lack.</exception>
    public WordVocabulary(IReadOnlyList<string> words, IReadOnlyList<long> counts)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(counts);
        if (words.Count == 0) throw new ArgumentException("A vocabulary has at least one word.", nameof(words));
        if (counts.Count != 0 && counts.Count != words.Count)
            throw new ArgumentException($"There are {words.Count} words and {counts.Count} counts.", nameof(counts));
        _places = new Dictionary<string, int>(words.Count, StringComparer.Ordinal);
        for (int i = 0; i < words.Count; i++)
        {
            if (string.IsNullOrEmpty(words[i])) throw new ArgumentException($"Word {i} is empty.", nameof(words));
            if (!_places.TryAdd(words[i], i))
                throw new ArgumentException($"'{words[i]}' is word {_places[words[i]]} and word {i}.", nameof(words));
        }

        (Words, Counts) = ([.. words], [.. counts]);
    }

    /// <summary>The words, in the order of their numbers.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>How often each word comes; empty where that is not known.</summary>
    public IReadOnlyList<long> Counts { get; }

    /// <summary>V: how many words there are.</summary>
    public int Count => Words.Count;

    /// <summary>The words of sentences that come at least so often, by how often they come; equal ones in the order of their
    /// code points.</summary>
    /// <param name="sentences">Each as its words; what a word is, is decided before.</param>
    /// <param name="minimumCount">How often a word comes at least, at least 1; rarer ones are left out.</param>
    /// <exception cref="ArgumentException">No word comes that often.</exception>
    public static WordVocabulary Of(IEnumerable<IReadOnlyList<string>> sentences, int minimumCount = 5)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumCount, 1);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string word in sentences.SelectMany(sentence => sentence))
            counts[word] = counts.GetValueOrDefault(word) + 1;
        var kept = counts.Where(count => count.Value >= minimumCount && count.Key.Length > 0)
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).ToList();
        if (kept.Count == 0)
        {
            throw new ArgumentException(
                $"None of the {counts.Count} different words comes {minimumCount} times: give more text, or a lower "
                + "minimumCount.",
                nameof(sentences));
        }

        return new WordVocabulary([.. kept.Select(count => count.Key)], [.. kept.Select(count => count.Value)]);
    }

    /// <summary>The number of a word; null for one that is not in the vocabulary.</summary>
    public int? Find(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return _places.TryGetValue(word, out int place) ? place : null;
    }

    /// <summary>The numbers of a sentence's words, without those that are not in the vocabulary: words around them become
    /// neighbours, as in word2vec.</summary>
    public int[] Encode(IReadOnlyList<string> sentence)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        return [.. sentence.Select(Find).OfType<int>()];
    }
}
