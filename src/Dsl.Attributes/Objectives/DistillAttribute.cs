namespace Dsl;

/// <summary>
/// Knowledge distillation: T²·KL(softmax(z_t/T) ‖ softmax(z_s/T)), summed over classes and averaged over the batch
/// (Hinton, Vinyals and Dean 2015, arXiv 1503.02531).
/// </summary>
/// <remarks>
/// The teacher is an argument of the trainer's constructor, runs in evaluation mode and receives no gradient. The factor T²
/// keeps the size of the gradient independent of the temperature. Alone, it needs no labels.
/// </remarks>
public class DistillAttribute : TermAttribute
{
    /// <summary>Temperature T that softens both distributions; habitually 1 to 20.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 4;

    /// <summary>How several teachers become one target. With <see cref="Ensemble.Arithmetic"/> and
    /// <see cref="Ensemble.Geometric"/> the trainer's constructor takes a list of teachers.</summary>
    public Ensemble Ensemble { get; set; }

    /// <summary>
    /// Deviation σ of noise on the teacher's logits z: (1 + ξ)·z with ξ ~ N(0, σ²) for every class, as if each step had another
    /// teacher (Sau and Balasubramanian 2016, arXiv 1610.09650). 0 for none. With <see cref="Ensemble.Arithmetic"/> each
    /// teacher's logits are noisy on their own, with <see cref="Ensemble.Geometric"/> the mean of logits.
    /// </summary>
    [Interval("[0, 1]")]
    public double TeacherNoise { get; set; }

    /// <summary>Probability α with which a sample's logits are noisy, drawn anew in each step.</summary>
    [Interval("[0, 1]")]
    public double TeacherNoiseProbability { get; set; } = 0.5;

    /// <summary>Whether <c>Fit</c> asks the teacher once for each sample and keeps the answers, N·K numbers on the trainer's
    /// device. It needs inputs that are the same in every epoch: no mixture, and no <c>[Augment&lt;T&gt;]</c> that does more
    /// than to normalise.</summary>
    public bool CacheTeacher { get; set; }
}

/// <summary>Knowledge distillation from a declared model, whose inputs and classes the compiler holds against those of the
/// trained one.</summary>
/// <typeparam name="TTeacher">A class with <see cref="ModelAttribute">[Model]</see>; the trainer's constructor takes one, or a
/// list for an ensemble.</typeparam>
/// <example><code>
/// [Trainer&lt;Small&gt;]
/// [Distill&lt;Large&gt;(Temperature = 4, Weight = 0.9), CrossEntropy(Weight = 0.1)]
/// [Sgd(0.1, Momentum = 0.9), Epochs(30)]
/// public partial class SmallTrainer;
/// </code></example>
public sealed class DistillAttribute<TTeacher> : DistillAttribute;
