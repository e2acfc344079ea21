namespace Bench;

/// <summary>The middle of some numbers: a shared machine's interruptions do not move it.</summary>
internal static class Medians
{
    public static double Median(this IEnumerable<double> values) => Quantile([.. values.Order()], 0.5);

    /// <summary>Half of the distance between the quartiles, as a share of the median.</summary>
    public static double Spread(this IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)) / 2 / Quantile(sorted, 0.5);
    }

    /// <summary>How many times as long the other side took. The machine's speed drifts: blocks that ran side by side are
    /// compared with each other.</summary>
    public static double Ratio(IEnumerable<Block> ours, IEnumerable<Block> other) => Ratios(ours, other).Median();

    /// <summary>The spread of <see cref="Ratio"/>.</summary>
    public static double RatioSpread(IEnumerable<Block> ours, IEnumerable<Block> other) => Ratios(ours, other).Spread();

    private static IEnumerable<double> Ratios(IEnumerable<Block> ours, IEnumerable<Block> other) =>
        ours.Zip(other, (a, b) => b.Microseconds / a.Microseconds);

    // Between two numbers, the line from one to the other.
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }
}
