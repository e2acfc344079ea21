using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A vector for each word of a vocabulary: what is near, what is to a word as another is to a third, and how that agrees
/// with people.</summary>
public sealed class WordVectors : IDisposable
{
    private readonly Tensor _directions;

    /// <summary>Takes vectors over.</summary>
    /// <param name="vocabulary">Whose words the rows are.</param>
    /// <param name="vectors">[V, D] of finite floating-point numbers; freed with this object.</param>
    /// <exception cref="DataMismatchException">Another shape or type, numbers that are not finite, or a row of zeros, which has
    /// no direction.</exception>
    public WordVectors(WordVocabulary vocabulary, Tensor vectors)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        EmbeddingRows.Require(vectors, "vectors");
        if (vectors.size(0) != vocabulary.Count)
        {
            throw new DataMismatchException(
                $"The vocabulary has {vocabulary.Count} words and the vectors are [{string.Join(", ", vectors.shape)}].");
        }

        using (no_grad())
        using (NewDisposeScope())
            _directions = EmbeddingRows.Normalized(vectors, "vectors").to(CPU).DetachFromDisposeScope();
        Vocabulary = vocabulary;
        Vectors = vectors.DetachFromDisposeScope();
    }

    /// <summary>The words.</summary>
    public WordVocabulary Vocabulary { get; }

    /// <summary>[V, D].</summary>
    public Tensor Vectors { get; }

    /// <summary>D: how many numbers a vector has.</summary>
    public long Dimension => Vectors.size(1);

    /// <summary>
    /// Vectors of counts: the positive pointwise mutual information in as few dimensions as lose least, U·Σ^p of its D largest
    /// singular values (Levy, Goldberg and Dagan 2015, section 2.2 and 3.3).
    /// </summary>
    /// <param name="counts">Of neighbours.</param>
    /// <param name="dimension">D, in [1, V].</param>
    /// <param name="shift">k of <see cref="CooccurrenceCounts.PositiveInformation"/>.</param>
    /// <param name="contextExponent">α of it.</param>
    /// <param name="power">p: how much the sizes of singular values tell, in [0, 1]; 1 is the textbook's, 0.5 and 0 are better at
    /// similarities.</param>
    /// <param name="seed">Decides in which subspace singular vectors are looked for.</param>
    /// <exception cref="DataMismatchException">A word whose row of information is empty: it has no direction.</exception>
    public static WordVectors Of(
        CooccurrenceCounts counts, int dimension, double shift = 1, double contextExponent = 0.75, double power = 0.5,
        long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, counts.Vocabulary.Count);
        if (!(power >= 0 && power <= 1)) throw new ArgumentOutOfRangeException(nameof(power), power, "The power is in [0, 1].");
        using var scope = NewDisposeScope();
        using var information = counts.PositiveInformation(shift, contextExponent);
        var (left, values) = TruncatedSvd.Of(information, dimension, seed);
        return new WordVectors(counts.Vocabulary, left.mul(Aten.pow(values, power)).to_type(ScalarType.Float32));
    }

    /// <summary>The cosine between two words.</summary>
    /// <exception cref="ArgumentException">A word is not in the vocabulary.</exception>
    public double Similarity(string word, string other)
    {
        using var scope = NewDisposeScope();
        return Aten.item(Direction(word).dot(Direction(other)));
    }

    /// <summary>The words whose directions are nearest to a word's, by the cosine, without itself.</summary>
    /// <param name="word">A word of the vocabulary.</param>
    /// <param name="count">How many, in [1, V − 1].</param>
    public IReadOnlyList<(string Word, double Similarity)> Nearest(string word, int count = 10)
    {
        using var scope = NewDisposeScope();
        return NearestTo(Direction(word), [Place(word)], count);
    }

    /// <summary>
    /// The words w for which <paramref name="second"/> is to <paramref name="first"/> as w is to <paramref name="third"/>: the
    /// nearest to b − a + c of unit vectors, without a, b and c (Mikolov, Yih and Zweig 2013, section 4).
    /// </summary>
    /// <param name="first">a, as man.</param>
    /// <param name="second">b, as king.</param>
    /// <param name="third">c, as woman.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<(string Word, double Similarity)> Analogy(string first, string second, string third, int count = 10)
    {
        using var scope = NewDisposeScope();
        var aim = Aten.add(Direction(second).sub(Direction(first)), Direction(third));
        return NearestTo(nn.functional.normalize(aim, dim: 0), [Place(first), Place(second), Place(third)], count);
    }

    /// <summary>The share of analogies whose first answer is right.</summary>
    /// <param name="questions">a, b, c and the word that is looked for.</param>
    /// <returns>The share of those that could be asked, how many these are, and how many have a word that is not in the
    /// vocabulary and were left out, as the authors' program does.</returns>
    public (double Accuracy, int Asked, int LeftOut) EvaluateAnalogies(
        IEnumerable<(string First, string Second, string Third, string Fourth)> questions)
    {
        ArgumentNullException.ThrowIfNull(questions);
        int asked = 0, right = 0, leftOut = 0;
        foreach (var (first, second, third, fourth) in questions)
        {
            if (new[] { first, second, third, fourth }.Any(word => Vocabulary.Find(word) is null))
            {
                leftOut++;
                continue;
            }

            asked++;
            if (Analogy(first, second, third, 1)[0].Word == fourth) right++;
        }

        return (asked == 0 ? double.NaN : (double)right / asked, asked, leftOut);
    }

    /// <summary>Spearman's correlation of the cosines with what people say, equal numbers sharing their mean rank.</summary>
    /// <param name="judged">Two words and how similar people find them.</param>
    /// <returns>The correlation over those that could be asked, NaN of fewer than two; how many these are, and how many have a
    /// word that is not in the vocabulary and were left out.</returns>
    public (double Correlation, int Asked, int LeftOut) EvaluateSimilarities(
        IEnumerable<(string Word, string Other, double Score)> judged)
    {
        ArgumentNullException.ThrowIfNull(judged);
        var all = judged.ToList();
        var known = all.Where(
            pair => Vocabulary.Find(pair.Word) is not null && Vocabulary.Find(pair.Other) is not null).ToList();
        double[] told = Ranks([.. known.Select(pair => Similarity(pair.Word, pair.Other))]),
        said = Ranks([.. known.Select(pair => pair.Score)]);
        return (Correlation(told, said), known.Count, all.Count - known.Count);
    }

    /// <summary>Writes the vectors as word2vec's text: a line with V and D, then one for each word with its numbers.</summary>
    /// <exception cref="InvalidOperationException">A word has a space in it, which the format cannot tell from its
    /// own.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Vocabulary.Words.FirstOrDefault(word => word.Any(char.IsWhiteSpace)) is { } odd)
            throw new InvalidOperationException($"'{odd}' has a space in it, which a file of vectors cannot hold.");
        using var onHost = Vectors.to(CPU).to_type(ScalarType.Float32);
        float[] numbers = onHost.data<float>().ToArray();
        using var file = new TemporaryFile(path);
        file.Fill(stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{Vocabulary.Count} {Dimension}\n"));
            for (int i = 0; i < Vocabulary.Count; i++)
            {
                writer.Write(Vocabulary.Words[i]);
                foreach (float number in numbers.AsSpan((int)(i * Dimension), (int)Dimension))
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $" {number:R}"));
                writer.Write('\n');
            }
        });
    }

    /// <summary>Reads vectors that word2vec, GloVe (with a first line) or <see cref="Save"/> wrote as text.</summary>
    /// <exception cref="InvalidDataException">A line is not what the first one says; the message names it.</exception>
    public static WordVectors Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var reader = new StreamReader(path);
        string[] head = (reader.ReadLine() ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (head.Length != 2 || !int.TryParse(head[0], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || !int.TryParse(head[1], NumberStyles.None, CultureInfo.InvariantCulture, out int dimension)
            || count < 1 || dimension < 1)
            throw new InvalidDataException($"'{path}', line 1: the number of words and of dimensions is expected.");
        List<string> words = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        List<float> numbers = [];
        while (words.Count < count)
        {
            int line = words.Count + 2;
            string[] parts = (reader.ReadLine()
                ?? throw new InvalidDataException($"'{path}' ends at line {line}, and its first line says {count} words."))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length != dimension + 1)
            {
                throw new InvalidDataException(
                    $"'{path}', line {line}: {parts.Length} parts, where a word and {dimension} numbers are expected.");
            }

            if (!known.Add(parts[0])) throw new InvalidDataException($"'{path}', line {line}: '{parts[0]}' stands twice.");
            words.Add(parts[0]);
            foreach (string part in parts.AsSpan(1))
            {
                if (!float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
                    || !float.IsFinite(number))
                    throw new InvalidDataException($"'{path}', line {line}: '{part}' is no finite number.");
                numbers.Add(number);
            }
        }

        var rows = from_array(numbers.ToArray()).reshape(count, dimension);
        try
        {
            return new WordVectors(new WordVocabulary(words, []), rows);
        }
        catch (DataMismatchException error)
        {
            rows.Dispose();
            throw new InvalidDataException($"'{path}': {error.Message}", error);
        }
    }

    /// <summary>Frees the vectors.</summary>
    public void Dispose()
    {
        Vectors.Dispose();
        _directions.Dispose();
    }

    private int Place(string word) => Vocabulary.Find(word) ?? throw new ArgumentException(
        $"'{word}' is none of the {Vocabulary.Count} words of the vocabulary.", nameof(word));

    private Tensor Direction(string word) => _directions[Place(word)];

    private List<(string Word, double Similarity)> NearestTo(Tensor direction, int[] without, int count)
    {
        int most = Vocabulary.Count - without.Distinct().Count();
        if (count < 1 || count > most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"There are {most} other words: ask for 1 to {most}.");
        }

        double[] similarities = _directions.mv(direction).data<double>().ToArray();
        return [.. similarities.Index().Where(each => !without.Contains(each.Index)).OrderByDescending(each => each.Item)
            .ThenBy(each => each.Index).Take(count).Select(each => (Vocabulary.Words[each.Index], each.Item))];
    }

    private static double[] Ranks(double[] numbers)
    {
        var ranks = new double[numbers.Length];
        int[] order = [.. Enumerable.Range(0, numbers.Length).OrderBy(i => numbers[i])];
        for (int first = 0; first < order.Length;)
        {
            int last = first;
            while (last + 1 < order.Length && numbers[order[last + 1]] == numbers[order[first]]) last++;
            for (int i = first; i <= last; i++) ranks[order[i]] = (first + last) / 2.0;
            first = last + 1;
        }

        return ranks;
    }

    private static double Correlation(double[] x, double[] y)
    {
        if (x.Length < 2) return double.NaN;
        double meanX = x.Average(), meanY = y.Average(), products = 0, squaresX = 0, squaresY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            products += (x[i] - meanX) * (y[i] - meanY);
            squaresX += (x[i] - meanX) * (x[i] - meanX);
            squaresY += (y[i] - meanY) * (y[i] - meanY);
        }

        return products / Math.Sqrt(squaresX * squaresY);
    }
}
