namespace Dsl;

/// <summary>Huber loss: e²/2 where |e| ≤ δ, δ·(|e| − δ/2) beyond, with e = x − y (Huber 1964).</summary>
/// <remarks>Outputs of any shape; targets of the same shape (or [N] for [N, 1]), real numbers. The mean is over all
/// elements.</remarks>
public sealed class HuberAttribute : ReducedObjectiveAttribute
{
    /// <summary>The error δ from which the loss grows linearly, in units of the targets.</summary>
    [Interval("(0, inf)")]
    public double Delta { get; set; } = 1;
}
