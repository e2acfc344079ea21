namespace Dsl;

/// <summary>
/// Stochastic weight averaging (SWA): the plain mean of the weights at the ends of cycles of epochs, from a declared epoch on,
/// with a rate that is constant or falls within each cycle (Izmailov et al. 2018, arXiv 1803.05407, algorithm 1).
/// </summary>
/// <remarks>
/// <para><c>Average</c> is the averaged network, which <c>Evaluate</c> evaluates. Before the first cycle has ended it holds the
/// weights of the last epoch's end. Training does not see it.</para>
/// <para>Of a network with batch normalisation, <c>Fit</c> measures the running statistics of the average at the end of each
/// epoch that averages, as plain means over the batches of one pass over the data without augmentation; whoever calls <c>Step</c>
/// calls
/// <c>MeasureStatistics</c> before an evaluation.</para>
/// </remarks>
public sealed class StochasticWeightAverageAttribute : RecipeAttribute
{
    /// <summary>An average from an epoch on.</summary>
    /// <param name="fromEpoch">The first epoch of the first cycle, from 1.</param>
    public StochasticWeightAverageAttribute(int fromEpoch) => FromEpoch = fromEpoch;

    /// <summary>The first epoch of the first cycle, from 1; the paper takes three quarters of the run.</summary>
    [Interval("[1, inf)")]
    public int FromEpoch { get; }

    /// <summary>Epochs of a cycle c, at whose end the weights are averaged.</summary>
    [Interval("[1, inf)")]
    public int CycleEpochs { get; set; } = 1;

    /// <summary>The learning rate from that epoch on, at the start of a cycle α₁; 0 for the declared schedule's.</summary>
    [Interval("[0, inf)")]
    public double Rate { get; set; }

    /// <summary>The learning rate at the end of a cycle α₂, towards which it falls on a line; 0 for a rate that
    /// stays.</summary>
    [Interval("[0, inf)")]
    public double LowRate { get; set; }
}
