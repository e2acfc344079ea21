namespace Dsl;

/// <summary>
/// Model-agnostic meta-learning: parameters θ from which few steps of gradient descent on a task's support samples lead to a
/// small loss on its query samples. θ' = θ − α·∇L_support(θ), <see cref="InnerSteps"/> times; what is minimised is the
/// mean over tasks of L_query(θ') (Finn, Abbeel and Levine 2017, arXiv 1703.03400, algorithm 1).
/// </summary>
/// <remarks>
/// <para>
/// L is the one labelled objective that is declared. <c>Fit</c> and <c>Batch</c> take episodes: a batch of <c>[BatchSize(T)]</c>
/// tasks with support and query samples, [T, S, ...] and [T, Q, ...]. The gradient goes through the inner steps, which are second
/// derivatives; with
/// <see cref="FirstOrder"/> the inner gradients are constants. Either way a network at other parameters than its own goes through
/// autograd, whatever the trainer's <c>Backward</c> says, and the compiler says so (DSL481).
/// </para>
/// <para>
/// <c>Adapt(inputs, labels, steps)</c> returns a copy of the network after that many inner steps on the samples of one task. The
/// network has neither batch normalisation, whose running statistics would be those of no task, nor dropout.
/// </para>
/// </remarks>
/// <example><code>
/// [Trainer&lt;Sine&gt;, MeanSquaredError, Maml(InnerRate = 0.01), Adam(1e-3), BatchSize(25), Steps(70_000)]
/// public partial class SineTrainer;
/// </code></example>
public sealed class MamlAttribute : SchemeAttribute
{
    /// <summary>α: the rate of the inner steps.</summary>
    [Interval("(0, inf)")]
    public double InnerRate { get; set; } = 0.01;

    /// <summary>Inner steps in training.</summary>
    [Interval("[1, 20]")]
    public int InnerSteps { get; set; } = 1;

    /// <summary>How many of the last layers with parameters the inner steps change; 0, the default, for all. With 1 it is ANIL
    /// (Raghu et al. 2020, arXiv 1909.09157): features are learned across tasks, and only the last layer within one.</summary>
    [Interval("[0, inf)")]
    public int AdaptedLayers { get; set; }

    /// <summary>Whether the gradients of the inner steps are constants, so that nothing is differentiated twice (section 5.2 of
    /// the paper).</summary>
    public bool FirstOrder { get; set; }
}
