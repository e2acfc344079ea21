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

    // Between two numbers, the line from one to the other.
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }
}
