namespace Bench;

/// <summary>The middle of some numbers: a shared machine's interruptions do not move it.</summary>
internal static class Medians
{
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>How many times as long the other side took. The machine's speed drifts: blocks that ran side by side are
    /// compared with each other.</summary>
    public static double Ratio(IEnumerable<Block> ours, IEnumerable<Block> other) =>
        ours.Zip(other, (a, b) => b.Microseconds / a.Microseconds).Median();
}
