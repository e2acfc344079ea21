namespace Dsl;

/// <summary>Homoscedastic regression: ½·e^(−s)·(y − x)² + ½·s with one log variance s for all samples, which the
/// trainer learns beside the network, without the constant ½·log 2π (Kendall and Gal 2017, arXiv 1703.04977, equation 5;
/// Kendall, Gal and Cipolla 2018, arXiv 1705.07115, equation 7).</summary>
/// <remarks>
/// The trainer's <c>LogVariance</c> is s, a part of checkpoints. At its best it is the log of the mean squared error; the network
/// then has the gradient of the squared error divided by that.
/// </remarks>
public sealed class HomoscedasticNllAttribute : TermAttribute
{
    /// <summary>The deviation σ that training starts with, in units of the targets: s = 2·log σ.</summary>
    [Interval("(0, inf)")]
    public double InitialDeviation { get; set; } = 1;
}
