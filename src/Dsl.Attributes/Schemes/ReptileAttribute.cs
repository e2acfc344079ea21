namespace Dsl;

/// <summary>
/// Reptile: parameters θ move towards those that a few steps of descent on a task's samples lead
/// to, φ: θ ← θ + ε·mean (φ − θ) over the tasks of a batch, ε the optimizer's learning rate (Nichol, Achiam and
/// Schulman 2018, arXiv 1803.02999, algorithm 2).
/// </summary>
/// <remarks>
/// <para>
/// The step is one of the declared optimizer on ½·‖θ − φ‖², φ held constant, whose gradient
/// is θ − φ: with <c>[Sgd(ε)]</c> it is the paper's. <c>Losses</c> has that, a distance, in the place of the objective.
/// Nothing is differentiated twice.
/// </para>
/// <para>
/// Tasks come as for <see cref="MamlAttribute"/>, but all samples are trained on: inner steps take support and query samples by
/// turns, the support samples first. The mean over tasks of the inner products of gradients on different samples is what they
/// learn, so that two steps are the least that is more than learning all tasks at once (section 5 of the paper). <c>Adapt</c> and
/// what is asked of the network are those of <see cref="MamlAttribute"/>.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Sine&gt;, MeanSquaredError, Reptile(InnerRate = 0.02, InnerSteps = 8), Sgd(0.5), BatchSize(5), Steps(10_000)]
/// public partial class SineTrainer;
/// </code></example>
public sealed class ReptileAttribute : SchemeAttribute
{
    /// <summary>The rate of the inner steps.</summary>
    [Interval("(0, inf)")]
    public double InnerRate { get; set; } = 0.02;

    /// <summary>k: inner steps of a task in training.</summary>
    [Interval("[1, 20]")]
    public int InnerSteps { get; set; } = 5;
}
