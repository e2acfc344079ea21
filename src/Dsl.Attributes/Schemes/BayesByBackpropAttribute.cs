namespace Dsl;

/// <summary>
/// Bayes by backprop: beside the loss of drawn weights, what their distribution costs, KL(N(μ, σ²) ‖ N(0, σ_p²)) of all
/// weights of <see cref="BayesianLinearAttribute">[BayesianLinear]</see> divided by the number of training samples (Blundell et
/// al. 2015, arXiv 1505.05424, equations 2 and 8, with one normal prior, whose divergence is known without a draw).
/// </summary>
/// <remarks>
/// <para>
/// The loss is a mean over samples, and the divergence one number for all the data: a step adds KL/(M·B), M steps an epoch of B
/// samples. <c>Fit</c> knows M; set <c>StepsPerEpoch</c> where you call <c>Step</c> yourself.
/// </para>
/// <para>
/// <c>Evaluate</c> and <c>Predict</c> take the means of the weights. The paper's prediction is the mean of probabilities over
/// draws: <c>new MonteCarloDropout(model, passes: 20)</c>. Weights of other layers have no prior: weight decay is theirs.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(784), BayesianLinear(400), ReLU, BayesianLinear(400), ReLU, BayesianLinear(10)]
/// public partial class Net;
///
/// [Trainer&lt;Net&gt;, CrossEntropy, BayesByBackprop(PriorDeviation = 0.1), Adam(1e-3), BatchSize(128), Epochs(100)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class BayesByBackpropAttribute : SchemeAttribute
{
    /// <summary>σ_p: how far from 0 weights are expected.</summary>
    [Interval("(0, inf)")]
    public double PriorDeviation { get; set; } = 1;

    /// <summary>Factor of the divergence: 1 for the posterior; less than 1 trusts the data more than the prior allows (a cold
    /// posterior, Wenzel et al. 2020, arXiv 2002.02405).</summary>
    [Interval("[0, inf)")]
    public double Weight { get; set; } = 1;
}
