namespace Dsl;

/// <summary>Ends the run when a metric on validation data no longer improves, and restores the weights that were best (Prechelt
/// 1998).</summary>
/// <remarks>
/// <c>Fit</c> takes validation data, and evaluates after every epoch and at the end of the run what <c>Evaluate</c> evaluates.
/// The best weights, buffers and averages are kept, and restored when <c>Fit</c> returns; checkpoints hold them. Moments and
/// adapters are not restored.
/// </remarks>
public sealed class EarlyStoppingAttribute : RecipeAttribute
{
    /// <summary>Watches a metric.</summary>
    /// <param name="metric">What is measured.</param>
    public EarlyStoppingAttribute(Metric metric) => Metric = metric;

    /// <summary>What is measured.</summary>
    public Metric Metric { get; }

    /// <summary>Evaluations without an improvement after which the run ends.</summary>
    [Interval("[1, inf)")]
    public int Patience { get; set; } = 10;

    /// <summary>How much better than the best a value must be to count as an improvement, in units of the metric.</summary>
    [Interval("[0, inf)")]
    public double MinimumImprovement { get; set; }
}
