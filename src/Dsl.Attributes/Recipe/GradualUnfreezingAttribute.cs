namespace Dsl;

/// <summary>
/// Layers that begin to learn one group after another, from the output down: in the first epoch the last group alone, then one
/// more every <see cref="Every"/> epochs, until all learn (Howard and Ruder 2018, arXiv 1801.06146, section 3.3).
/// </summary>
/// <remarks>
/// <para>
/// A group that does not learn yet has the learning rate 0, so that its parameters stay as they are, decay included. The gradient
/// is that of the whole network: a bound on its norm counts every group, and what the optimizer keeps, such as moments, follows
/// the gradient from the first step on, so that a group's first update is as long as any other. Normalisations go on measuring.
/// </para>
/// <para>
/// Which groups learn is a function of the step and of <c>StepsPerEpoch</c>, which <c>Fit</c> knows; set it where you call
/// <c>Step</c> yourself.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Tuned&gt;, CrossEntropy, Adam(1e-3), DiscriminativeRates, GradualUnfreezing, Epochs(20)]
/// public partial class TunedTrainer;
/// </code></example>
public sealed class GradualUnfreezingAttribute : LayerGroupsAttribute
{
    /// <summary>Epochs from one group's begin to the next one's.</summary>
    [Interval("[1, inf)")]
    public int Every { get; set; } = 1;
}
