namespace Dsl.Runtime;

/// <summary>The variances β_1, ..., β_T of the noise that the steps of a diffusion add, in double precision.</summary>
public static class BetaSchedule
{
    /// <summary>From the first to the last in equal steps (Ho et al. 2020, arXiv 2006.11239, section 4).</summary>
    /// <param name="levels">T, at least 2.</param>
    /// <param name="first">β_1, in (0, 1).</param>
    /// <param name="last">β_T, in (0, 1), not below β_1.</param>
    public static double[] Linear(int levels, double first, double last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        return [.. Enumerable.Range(0, levels).Select(t => first + ((last - first) * t / (levels - 1)))];
    }

    /// <summary>min(1 − ᾱ_t/ᾱ_{t−1}, 0.999) with ᾱ_t = f(t)/f(0), f(t) = cos²((t/T + 0.008)/1.008·π/2) (Nichol
    /// and Dhariwal 2021, arXiv 2102.09672, equation 17).</summary>
    /// <param name="levels">T, at least 2.</param>
    public static double[] Cosine(int levels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 2);
        return [.. Enumerable.Range(0, levels).Select(t => Math.Min(1 - (Remaining(t + 1) / Remaining(t)), 0.999))];

        double Remaining(int t)
        {
            double cosine = Math.Cos((((double)t / levels) + 0.008) / 1.008 * Math.PI / 2);
            return cosine * cosine;
        }
    }
}
