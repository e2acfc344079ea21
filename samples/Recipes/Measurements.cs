namespace Recipes;

/// <summary>Numbers measured with several seeds: rows in the order in which they first come, each with columns of its
/// own.</summary>
public sealed class Measurements
{
    private readonly List<string> _rows = [];
    private readonly Dictionary<string, List<double[]>> _values = [];

    /// <summary>The rows that were measured.</summary>
    public IReadOnlyList<string> Rows => _rows;

    /// <summary>Runs a measurement with seeds 0, 1, ...</summary>
    /// <param name="seeds">How many.</param>
    /// <param name="measure">The rows of a seed.</param>
    public static Measurements Of(int seeds, Func<int, IEnumerable<(string Row, double[] Values)>> measure)
    {
        var measurements = new Measurements();
        for (int seed = 0; seed < seeds; seed++)
        {
            foreach (var (row, values) in measure(seed)) measurements.Add(row, values);
            Console.WriteLine($"seed {seed} done");
        }

        return measurements;
    }

    /// <summary>The mean of a column of a row over the seeds.</summary>
    public double Mean(string row, int column = 0) => _values[row].Average(values => values[column]);

    /// <summary>Its standard deviation, 0 of a single seed.</summary>
    public double Deviation(string row, int column = 0)
    {
        var (values, mean) = (_values[row], Mean(row, column));
        return values.Count == 1 ? 0 : Math.Sqrt(values.Sum(value => Math.Pow(value[column] - mean, 2)) / (values.Count - 1));
    }

    private void Add(string row, double[] values)
    {
        if (!_values.TryGetValue(row, out var known))
        {
            _rows.Add(row);
            _values.Add(row, known = []);
        }

        known.Add(values);
    }
}
