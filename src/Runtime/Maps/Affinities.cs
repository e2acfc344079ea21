using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// How much t-SNE wants rows beside each other: p_ij = (p_j|i + p_i|j)/2N, with p_j|i a normal distribution of the distance whose
/// width makes 2 to the power of its entropy the perplexity (van der Maaten and Hinton 2008, equations 1 to 3). Stored by row.
/// </summary>
internal sealed class Affinities
{
    private const int Bisections = 200;

    private Affinities(int[] starts, int[] columns, double[] values) => (Starts, Columns, Values) = (starts, columns, values);

    /// <summary>Where the entries of each row begin, [N + 1].</summary>
    public int[] Starts { get; }

    /// <summary>The other row of each entry, ascending within a row.</summary>
    public int[] Columns { get; }

    /// <summary>p_ij of each entry; all of them sum to 1.</summary>
    public double[] Values { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => Starts.Length - 1;

    /// <summary>The affinities of rows.</summary>
    /// <param name="features">[N, D].</param>
    /// <param name="perplexity">How many neighbours count, about.</param>
    /// <param name="neighbors">Of how many nearest others a row knows; of the rest its conditional probability is 0.</param>
    public static Affinities Of(Tensor features, double perplexity, int neighbors)
    {
        using var found = NearestNeighbors.FindOthers(features, neighbors);
        int[] columns = [.. EmbeddingRows.ToArray<long>(found.Indices).Select(place => (int)place)];
        double[] values = EmbeddingRows.ToArray<double>(found.Distances);
        int count = (int)features.size(0);
        Parallel.For(0, count, row =>
        {
            var conditional = values.AsSpan(row * neighbors, neighbors);
            foreach (ref double distance in conditional) distance *= distance;
            Condition(conditional, Math.Log(perplexity));
            columns.AsSpan(row * neighbors, neighbors).Sort(conditional);
        });
        return Joint(columns, values, count, neighbors);
    }

    /// <summary>Makes probabilities of squared distances, the smallest first, by bisection of the precision.</summary>
    private static void Condition(Span<double> squares, double entropy)
    {
        // Less the smallest, which changes no probability: none overflows, and the first is never 0.
        double nearest = squares[0], low = 0, high = double.PositiveInfinity, precision = 1;
        var weights = new double[squares.Length];
        for (int i = 0; i < Bisections; i++)
        {
            double sum = 0, weighted = 0;
            for (int j = 0; j < weights.Length; j++)
            {
                double excess = squares[j] - nearest;
                sum += weights[j] = Math.Exp(-precision * excess);
                weighted += weights[j] * excess;
            }

            foreach (ref double weight in weights.AsSpan()) weight /= sum;
            double difference = Math.Log(sum) + precision * weighted / sum - entropy;
            if (Math.Abs(difference) < 1e-13) break;
            if (difference > 0) (low, precision) = (precision, double.IsInfinity(high) ? 2 * precision : (precision + high) / 2);
            else (high, precision) = (precision, (low + precision) / 2);
            if (!double.IsFinite(precision) || precision == low || precision == high) break;
        }

        weights.CopyTo(squares);
    }

    /// <summary>The mean of a row's and a column's probabilities, over the number of rows.</summary>
    private static Affinities Joint(int[] columns, double[] values, int count, int neighbors)
    {
        // By column; rows come in order, so that each list is ascending.
        int[] ends = new int[count + 1];
        foreach (int column in columns) ends[column + 1]++;
        for (int i = 0; i < count; i++) ends[i + 1] += ends[i];
        int[] next = ends[..^1], rows = new int[columns.Length];
        double[] turned = new double[columns.Length];
        for (int place = 0; place < columns.Length; place++)
        {
            int at = next[columns[place]]++;
            (rows[at], turned[at]) = (place / neighbors, values[place]);
        }

        int[] starts = new int[count + 1];
        var others = new List<int>(columns.Length);
        var joint = new List<double>(columns.Length);
        for (int row = 0; row < count; row++)
        {
            int a = row * neighbors, b = ends[row], endOfA = a + neighbors, endOfB = ends[row + 1];
            while (a < endOfA || b < endOfB)
            {
                int column = Math.Min(a < endOfA ? columns[a] : int.MaxValue, b < endOfB ? rows[b] : int.MaxValue);
                double sum = 0;
                if (a < endOfA && columns[a] == column) sum += values[a++];
                if (b < endOfB && rows[b] == column) sum += turned[b++];
                others.Add(column);
                joint.Add(sum / (2.0 * count));
            }

            starts[row + 1] = others.Count;
        }

        return new([.. starts], [.. others], [.. joint]);
    }
}
