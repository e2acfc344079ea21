namespace Dsl;

/// <summary>
/// Heteroscedastic regression: the network says a mean μ and a log variance s of each number, and the loss is
/// ½·e^(−s)·(y − μ)² + ½·s, without the constant ½·log 2π (Nix and Weigend 1994; Kendall and Gal 2017, arXiv
/// 1703.04977, equation 8), times the variance to the power of β held constant (β-NLL; Seitzer et al. 2022, arXiv
/// 2203.09168, equation 6).
/// </summary>
/// <remarks>
/// <para>
/// The mean is the output that <see cref="TermAttribute.Of"/> names, and what <c>Evaluate</c> compares with targets; the log
/// variance another output of the same shape. Log variances are held to [−20, 20], beyond which they have no gradient.
/// </para>
/// <para>
/// With β = 0 a sample's error counts by the inverse of its variance: where a mean is hard to learn the variance grows, and the
/// mean is learned no more. With β = 1 means have the gradient of the squared error. The loss is no likelihood unless β is 0.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(8), Linear(32), Tanh, Tag("body"), Linear(1), Output("mean"), From("body"), Linear(1), Output("logVariance")]
/// public partial class Net;
///
/// [Trainer&lt;Net&gt;, GaussianNll("logVariance", Of = "mean"), Adam(1e-3)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class GaussianNllAttribute : TermAttribute
{
    /// <summary>A mean and a variance.</summary>
    /// <param name="logVariance">The output with the log variances.</param>
    public GaussianNllAttribute(string logVariance) => LogVariance = logVariance;

    /// <summary>The output with the log variances s, in the shape of the means.</summary>
    public string LogVariance { get; }

    /// <summary>β: 0 for the likelihood itself, 1 for means as by the squared error.</summary>
    [Interval("[0, 1]")]
    public double Beta { get; set; } = 0.5;
}
