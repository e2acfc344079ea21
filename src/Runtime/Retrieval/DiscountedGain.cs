namespace Dsl.Runtime;

/// <summary>
/// Discounted cumulated gain of a ranking with graded relevance (Järvelin and Kekäläinen 2002), with the discount that is
/// usual since: Σ gain(i)/log₂(1 + i) over the ranks i = 1, 2, ... .
/// </summary>
public static class DiscountedGain
{
    /// <summary>The sum over the first ranks.</summary>
    /// <param name="gains">What each place of the ranking is worth, the best place first; not negative. For relevances r some
    /// take 2ʳ − 1 in place of r.</param>
    /// <param name="cutoff">How many ranks count, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A cutoff below 1, or a gain that is negative or not finite.</exception>
    public static double Of(ReadOnlySpan<double> gains, int cutoff)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cutoff, 1);
        double sum = 0;
        for (int i = 0; i < gains.Length; i++)
        {
            if (!(gains[i] >= 0 && double.IsFinite(gains[i])))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(gains), gains[i], $"The gain at rank {i + 1} is no number of at least 0.");
            }

            if (i < cutoff) sum += gains[i] / Math.Log2(i + 2);
        }

        return sum;
    }

    /// <summary>The sum as a share of what the best order of the same gains has.</summary>
    /// <param name="gains">The gains of all that can be ranked, in the order of the ranking, those behind the cutoff too.</param>
    /// <param name="cutoff">How many ranks count, at least 1.</param>
    /// <returns>In [0, 1]; null where all gains are 0, and no order is better than another.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A cutoff below 1, or a gain that is negative or not finite.</exception>
    public static double? Normalized(ReadOnlySpan<double> gains, int cutoff)
    {
        double[] best = gains.ToArray();
        Array.Sort(best, (a, b) => b.CompareTo(a));
        double most = Of(best, cutoff);
        return most == 0 ? null : Of(gains, cutoff) / most;
    }
}
