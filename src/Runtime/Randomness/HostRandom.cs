namespace Dsl.Runtime;

/// <summary>
/// Random numbers on the host, for what no device draws: SplitMix64 (Steele, Lea, Flood 2014), the same on every machine and
/// version.
/// </summary>
/// <param name="seed">Where the sequence begins.</param>
public sealed class HostRandom(long seed)
{
    private ulong _state = unchecked((ulong)seed);

    /// <summary>A number drawn evenly from (0, 1); never 0, so that it has a logarithm.</summary>
    public double Uniform()
    {
        _state = unchecked(_state + StreamSeed.Increment);
        return ((StreamSeed.Mix(_state) >> 11) + 0.5) * (1.0 / (1UL << 53));
    }

    /// <summary>A whole number drawn evenly from 0, ..., <paramref name="bound"/> − 1; probabilities differ by less than
    /// 10⁻⁶ of themselves.</summary>
    /// <param name="bound">One more than the largest, at least 1.</param>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);

        // The largest number of 53 bits is rounded up to 1.
        return Math.Min((int)(Uniform() * bound), bound - 1);
    }

    /// <summary>A number of the standard normal distribution (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>A number of the beta distribution, from two gamma ones: X/(X + Y).</summary>
    /// <param name="alpha">First shape, above 0.</param>
    /// <param name="beta">Second shape, above 0.</param>
    /// <returns>A number in [0, 1].</returns>
    public double Beta(double alpha, double beta)
    {
        if (!(alpha > 0)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A beta distribution has shapes above 0.");
        if (!(beta > 0)) throw new ArgumentOutOfRangeException(nameof(beta), beta, "A beta distribution has shapes above 0.");

        // Gamma numbers of a small shape underflow; their logarithms do not.
        return 1 / (1 + Math.Exp(LogGamma(beta) - LogGamma(alpha)));
    }

    /// <summary>Positive numbers of sum 1 of the Dirichlet distribution with equal parameters: gamma numbers as shares of their
    /// sum.</summary>
    /// <param name="alpha">The parameters, above 0.</param>
    /// <param name="weights">Where they go.</param>
    public void Dirichlet(double alpha, Span<double> weights)
    {
        if (!(alpha > 0))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A Dirichlet distribution has parameters above 0.");
        double largest = double.NegativeInfinity, sum = 0;
        foreach (ref double weight in weights) largest = Math.Max(largest, weight = LogGamma(alpha));
        foreach (ref double weight in weights) sum += weight = Math.Exp(weight - largest);
        foreach (ref double weight in weights) weight /= sum;
    }

    /// <summary>The logarithm of a gamma number: rejection from a cubed normal one (Marsaglia and Tsang 2000).</summary>
    private double LogGamma(double shape)
    {
        // The method needs a shape of at least 1; a smaller one is the next larger times U^(1/shape).
        if (shape < 1) return LogGamma(shape + 1) + Math.Log(Uniform()) / shape;
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal(), root = 1 + c * x;
            if (root <= 0) continue;
            double v = root * root * root;
            if (Math.Log(Uniform()) < x * x / 2 + d - d * v + d * Math.Log(v)) return Math.Log(d * v);
        }
    }
}
