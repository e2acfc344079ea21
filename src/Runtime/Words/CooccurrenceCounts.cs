using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a neighbour at a distance of d words counts.</summary>
public enum NeighborWeighting
{
    /// <summary>1, whatever the distance.</summary>
    Uniform,

    /// <summary>1/d, as in GloVe (Pennington, Socher and Manning 2014, section 4.2).</summary>
    Harmonic,

    /// <summary>(w + 1 − d)/w of a window w, what word2vec's random windows give in the mean.</summary>
    Linear,
}

/// <summary>How often words stand near each other, [V, V], symmetric; most numbers are 0 and are not kept.</summary>
public sealed class CooccurrenceCounts
{
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly double[] _values;

    private CooccurrenceCounts(WordVocabulary vocabulary, Dictionary<(int Row, int Column), double> counts)
    {
        Vocabulary = vocabulary;
        var ordered = counts.OrderBy(count => count.Key.Row).ThenBy(count => count.Key.Column).ToList();
        _rows = [.. ordered.Select(count => count.Key.Row)];
        _columns = [.. ordered.Select(count => count.Key.Column)];
        _values = [.. ordered.Select(count => count.Value)];
    }

    /// <summary>Whose numbers rows and columns are.</summary>
    public WordVocabulary Vocabulary { get; }

    /// <summary>How many pairs of words stand near each other at all, each counted in both orders.</summary>
    public int PairCount => _values.Length;

    /// <summary>Counts neighbours in sentences; no window goes beyond its sentence.</summary>
    /// <param name="vocabulary">Words that are counted; others are left out before windows are laid.</param>
    /// <param name="sentences">Each as its words.</param>
    /// <param name="window">w: words before and behind a word that are its neighbours, at least 1.</param>
    /// <param name="weighting">What a neighbour counts.</param>
    public static CooccurrenceCounts Of(
        WordVocabulary vocabulary, IEnumerable<IReadOnlyList<string>> sentences, int window = 5,
        NeighborWeighting weighting = NeighborWeighting.Uniform)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(sentences);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        if (!Enum.IsDefined(weighting)) throw new ArgumentOutOfRangeException(nameof(weighting), weighting, "No such weighting.");
        var counts = new Dictionary<(int Row, int Column), double>();
        foreach (var sentence in sentences)
        {
            int[] words = vocabulary.Encode(sentence);
            for (int i = 0; i < words.Length; i++)
            {
                for (int j = i + 1; j < words.Length && j <= i + window; j++)
                {
                    double weight = weighting switch
                    {
                        NeighborWeighting.Harmonic => 1.0 / (j - i),
                        NeighborWeighting.Linear => (window + 1.0 - (j - i)) / window,
                        _ => 1,
                    };
                    Add(words[i], words[j], weight);
                    Add(words[j], words[i], weight);
                }
            }
        }

        return new CooccurrenceCounts(vocabulary, counts);

        void Add(int row, int column, double weight) =>
            counts[(row, column)] = counts.GetValueOrDefault((row, column)) + weight;
    }

    /// <summary>The count of two words, by their numbers.</summary>
    public double this[int row, int column]
    {
        get
        {
            int place = Array.BinarySearch(_rows, row);
            if (place < 0) return 0;
            int first = place, last = place;
            while (first > 0 && _rows[first - 1] == row) first--;
            while (last + 1 < _rows.Length && _rows[last + 1] == row) last++;
            int found = Array.BinarySearch(_columns, first, last + 1 - first, column);
            return found < 0 ? 0 : _values[found];
        }
    }

    /// <summary>All pairs of words with a count above 0.</summary>
    /// <returns>First and second words, [P, 1] int64, and counts, [P] float32; the caller frees them.</returns>
    internal (Tensor First, Tensor Second, Tensor Counts) Pairs()
    {
        return (Words(_rows), Words(_columns), tensor([.. _values.Select(value => (float)value)]).DetachFromDisposeScope());

        static Tensor Words(int[] words) =>
            tensor([.. words.Select(word => (long)word)], [words.Length, 1]).DetachFromDisposeScope();
    }

    /// <summary>
    /// Positive pointwise mutual information, max(0, log(p(w, c)/(p(w)·p_α(c))) − log k), with p_α(c) ∝ n(c)^α
    /// (Church and Hanks 1990; the shift by log k and the exponent α of contexts: Levy, Goldberg and Dagan 2015, equations 3
    /// and 5).
    /// </summary>
    /// <param name="shift">k: as many negatives as word2vec would draw, at least 1; 1 shifts nothing.</param>
    /// <param name="contextExponent">α, in (0, 1]: 1 leaves rare contexts their large values.</param>
    /// <returns>[V, V] float64, sparse; the caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">No two words stand near each other.</exception>
    public Tensor PositiveInformation(double shift = 1, double contextExponent = 0.75)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shift, 1);
        if (!(contextExponent > 0 && contextExponent <= 1))
            throw new ArgumentOutOfRangeException(nameof(contextExponent), contextExponent, "The exponent is in (0, 1].");
        if (_values.Length == 0) throw new InvalidOperationException("No two words of the vocabulary stand near each other.");
        var sums = new double[Vocabulary.Count];
        for (int i = 0; i < _values.Length; i++) sums[_rows[i]] += _values[i];
        double total = sums.Sum(), contexts = sums.Sum(sum => Math.Pow(sum, contextExponent));
        List<long> rows = [], columns = [];
        List<double> values = [];
        for (int i = 0; i < _values.Length; i++)
        {
            double context = Math.Pow(sums[_columns[i]], contextExponent) / contexts;
            double information = Math.Log(_values[i] / sums[_rows[i]] / context) - Math.Log(shift);
            if (information <= 0) continue;
            rows.Add(_rows[i]);
            columns.Add(_columns[i]);
            values.Add(information);
        }

        using var scope = NewDisposeScope();
        var places = stack([tensor(rows.ToArray()), tensor(columns.ToArray())]);
        return sparse_coo_tensor(places, tensor(values.ToArray()), [Vocabulary.Count, Vocabulary.Count])
            .MoveToOuterDisposeScope();
    }
}
