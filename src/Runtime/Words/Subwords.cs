using System.Text;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Words as the numbers of themselves and of their character n-grams (Bojanowski et al. 2017, arXiv 1607.04606, section 3.2).
/// A word of the vocabulary has its own number, 0 to V − 1; an n-gram has V + its hash modulo the number of buckets, so that
/// different n-grams may share one; V + buckets fills rows up.
/// </summary>
/// <remarks>
/// N-grams are of the word between &lt; and &gt;: of <c>where</c> with n = 3 they are &lt;wh, whe, her, ere, re&gt;. Their hash
/// is that of the authors' program: 32-bit FNV-1a over the bytes of UTF-8, each taken as a signed number. Characters are code
/// points.
/// </remarks>
public sealed class Subwords
{
    private readonly int _smallest;
    private readonly int _largest;
    private readonly long[][] _known;

    /// <summary>The n-grams of a vocabulary's words.</summary>
    /// <param name="vocabulary">Words with numbers of their own.</param>
    /// <param name="buckets">How many vectors all n-grams share, at least 1; the authors take 2,000,000.</param>
    /// <param name="smallest">The least n, at least 1.</param>
    /// <param name="largest">The largest n, at least the least.</param>
    public Subwords(WordVocabulary vocabulary, int buckets, int smallest = 3, int largest = 6)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(buckets, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(smallest, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(largest, smallest);
        (Vocabulary, Buckets, _smallest, _largest) = (vocabulary, buckets, smallest, largest);
        _known = [.. vocabulary.Words.Select(Of)];
        Length = _known.Max(numbers => numbers.Length);
    }

    /// <summary>The words with numbers of their own.</summary>
    public WordVocabulary Vocabulary { get; }

    /// <summary>How many vectors all n-grams share.</summary>
    public int Buckets { get; }

    /// <summary>The number that fills rows up, V + buckets: the padding index of an embedding of one vector more.</summary>
    public long Padding => (long)Vocabulary.Count + Buckets;

    /// <summary>L: how many numbers the word with most of them has.</summary>
    public int Length { get; }

    /// <summary>The numbers of a word and its n-grams; of a word that is not in the vocabulary, those of its n-grams.</summary>
    /// <returns>At least one number, but for a word that is in no vocabulary and too short for an n-gram.</returns>
    public long[] Of(string word)
    {
        ArgumentException.ThrowIfNullOrEmpty(word);
        List<long> numbers = [];
        if (Vocabulary.Find(word) is { } own) numbers.Add(own);
        byte[][] characters = [.. $"<{word}>".EnumerateRunes().Select(rune => Encoding.UTF8.GetBytes(rune.ToString()))];
        for (int start = 0; start < characters.Length; start++)
        {
            uint hash = 2166136261;
            for (int n = 1; n <= _largest && start + n <= characters.Length; n++)
            {
                foreach (byte unit in characters[start + n - 1])
                    hash = unchecked((hash ^ (uint)(sbyte)unit) * 16777619);
                bool isMark = n == 1 && (start == 0 || start == characters.Length - 1);
                if (n >= _smallest && !isMark) numbers.Add(Vocabulary.Count + (hash % (uint)Buckets));
            }
        }

        return [.. numbers];
    }

    /// <summary>The numbers of all words of the vocabulary.</summary>
    /// <returns>[V, L] int64, rows filled up with <see cref="Padding"/>; the caller frees it.</returns>
    public Tensor Table()
    {
        var rows = new long[(long)Vocabulary.Count * Length];
        Array.Fill(rows, Padding);
        for (int word = 0; word < _known.Length; word++) _known[word].CopyTo(rows, (long)word * Length);
        return from_array(rows).reshape(Vocabulary.Count, Length);
    }

    /// <summary>The vector of a word, whether it is in the vocabulary or not: the sum of what it consists of.</summary>
    /// <param name="word">Any word.</param>
    /// <param name="table">[V + buckets, D] or more rows: what a network has learned.</param>
    /// <returns>[D]; the caller frees it.</returns>
    /// <exception cref="ArgumentException">The word is in no vocabulary and too short for an n-gram.</exception>
    /// <exception cref="DataMismatchException">The table has fewer rows.</exception>
    public Tensor Vector(string word, Tensor table)
    {
        Require(table);
        long[] numbers = Of(word);
        if (numbers.Length == 0)
            throw new ArgumentException($"'{word}' is not in the vocabulary and too short for an n-gram.", nameof(word));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return table.index_select(0, tensor(numbers, device: table.device)).sum(dim: 0).MoveToOuterDisposeScope();
    }

    /// <summary>The vectors of all words of the vocabulary.</summary>
    /// <param name="table">[V + buckets, D] or more rows: what a network has learned.</param>
    /// <exception cref="DataMismatchException">The table has fewer rows, or a word's vector is zero.</exception>
    public WordVectors Vectors(Tensor table)
    {
        Require(table);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return new WordVectors(Vocabulary, stack([.. Vocabulary.Words.Select(word => Vector(word, table))]).cpu());
    }

    private void Require(Tensor table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.dim() == 2 && table.size(0) >= Padding) return;
        throw new DataMismatchException(
            $"The table is [{string.Join(", ", table.shape)}], but {Vocabulary.Count} words and {Buckets} buckets of n-grams "
            + $"have [{Padding}, D].");
    }
}
