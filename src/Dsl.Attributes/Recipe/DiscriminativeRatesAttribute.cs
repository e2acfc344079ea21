namespace Dsl;

/// <summary>
/// Learning rates that fall towards the input: the group of layers at the output learns at the schedule's rate η, the k-th below
/// it at η/f^k (Howard and Ruder 2018, arXiv 1801.06146, section 3.2).
/// </summary>
/// <remarks>
/// A <c>LearningRateScale</c> of a <c>[ParameterGroup]</c> is a further factor. What a trainer learns beside its network keeps
/// the whole rate.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Tuned&gt;, CrossEntropy, Adam(1e-3), DiscriminativeRates(2.6), Epochs(20)]
/// public partial class TunedTrainer;
/// </code></example>
public sealed class DiscriminativeRatesAttribute : LayerGroupsAttribute
{
    /// <summary>Learning rates that fall towards the input.</summary>
    /// <param name="factor">f: what the rate is divided by from one group to the one below.</param>
    public DiscriminativeRatesAttribute(double factor = 2.6) => Factor = factor;

    /// <summary>f: what the rate is divided by from one group to the one below; 1 for the same rate everywhere.</summary>
    [Interval("[1, inf)")]
    public double Factor { get; }
}
