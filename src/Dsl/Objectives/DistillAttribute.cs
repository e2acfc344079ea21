namespace Dsl;

/// <summary>
/// Knowledge distillation: T²·KL(softmax(z_t/T) ‖ softmax(z_s/T)), summed over classes and averaged over the batch
/// (Hinton, Vinyals and Dean 2015, arXiv 1503.02531).
/// </summary>
/// <remarks>
/// The teacher is an argument of the trainer's constructor, runs in evaluation mode and receives no gradient. The factor T²
/// keeps the size of the gradient independent of the temperature. Alone, it needs no labels.
/// </remarks>
public sealed class DistillAttribute : ObjectiveAttribute
{
    /// <summary>Temperature T that softens both distributions; habitually 1 to 20.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 4;
}
