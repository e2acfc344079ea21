namespace Dsl;

/// <summary>
/// Distillation from an earlier copy of the same network, T²·KL(softmax(z_t/T) ‖ softmax(z/T)) (Tf-KD self: Yuan et al. 2020,
/// arXiv 1909.11723).
/// </summary>
/// <remarks>
/// The copy is an argument of the trainer's constructor, runs in evaluation mode and receives no gradient; beside it stands a
/// cross-entropy with weight 1 − α. The sum is over classes, the mean over the batch.
/// </remarks>
public sealed class TeacherFreeSelfAttribute : TermAttribute
{
    /// <summary>Temperature T that softens both distributions; 20 in the authors' code.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 20;
}
