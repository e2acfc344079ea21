namespace Dsl;

/// <summary>
/// The variational information bottleneck: β·mean KL(N(μ, σ²) ‖ N(0, 1)) of features that the network draws, an upper
/// bound on what they tell of the input, beside a loss that asks what they tell of the label (Alemi et al. 2017, arXiv
/// 1612.00410, equation 17).
/// </summary>
/// <remarks>
/// <para>
/// <see cref="TermAttribute.Of"/> names the value [N, 2Z] that a <see cref="NormalSampleAttribute">[NormalSample]</see> draws
/// of. The divergence is the sum over a sample's features and the mean over samples, in nats.
/// </para>
/// <para>
/// <c>Evaluate</c> and <c>Predict</c> see the means; <c>MonteCarloDropout</c> with 12 passes is the paper's mean over draws.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(784), Linear(1024), ReLU, Linear(512), Tag("code"), NormalSample, Linear(10)]
/// public partial class Net;
///
/// [Trainer&lt;Net&gt;, CrossEntropy, InformationBottleneck(Of = "code"), Adam(1e-4, Beta1 = 0.5), BatchSize(100), Epochs(200)]
/// public partial class NetTrainer;
/// </code></example>
public sealed class InformationBottleneckAttribute : TermAttribute
{
    /// <summary>β: 0 for noise that costs nothing, which the network then learns to make small.</summary>
    [Interval("[0, inf)")]
    public double Beta { get; set; } = 1e-3;
}
