namespace Dsl;

/// <summary>
/// An exponential moving average of the weights, for evaluation: after every update, average ← a·average + (1 − a)·weights
/// (Polyak and Juditsky 1992; with an exponential window as in TensorFlow's ExponentialMovingAverage).
/// </summary>
/// <remarks>
/// Training does not see it. <c>Evaluate</c> evaluates it, and so does early stopping; checkpoints hold it. Parameters are
/// averaged, buffers (running statistics) are copied. It starts as a copy of the initial weights. <c>Average</c> is the
/// averaged network.
/// </remarks>
public sealed class WeightAverageAttribute : RecipeAttribute
{
    /// <summary>Decay a of the average; 0 evaluates the present weights.</summary>
    [Interval("[0, 1)")]
    public double Decay { get; set; } = 0.999;

    /// <summary>Whether the first updates weigh alike: a = min(1 − 1/(k + 1), decay) after update k, as for Mean Teacher
    /// (arXiv 1703.01780), so that a short run is not dominated by its start. False uses the decay from the first update
    /// on.</summary>
    public bool Warmup { get; set; } = true;
}
