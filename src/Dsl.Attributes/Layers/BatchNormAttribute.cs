namespace Dsl;

/// <summary>What the batch normalisations have in common.</summary>
public abstract class BatchNormAttribute : LayerAttribute
{
    /// <summary>Added to the variance before the root, for numerical stability.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Share of the newest batch in the running statistics: running ← (1 − momentum)·running + momentum·batch.</summary>
    [Interval("[0, 1]")]
    public double Momentum { get; set; } = 0.1;

    /// <summary>Whether a trainer with <see cref="DataParallelAttribute">[DataParallel]</see> normalises by the statistics of the
    /// whole batch, those of all ranks, which they sum for it: two messages of 2·C numbers or fewer in each forward pass, one in
    /// each backward pass. Where one process trains it changes nothing.</summary>
    public bool Synchronized { get; set; }
}
