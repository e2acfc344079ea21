namespace Dsl;

/// <summary>
/// Advantage actor-critic of a network with a memory, for environments that are partly observed: its state goes from step to step
/// of an episode and is 0 at each beginning, and gradients go back through a rollout to the state with which it began (Mnih et
/// al. 2016, arXiv 1602.01783, section 4 and its LSTM; without its asynchrony). What is minimised is that of
/// <see cref="A2cAttribute{TCritic}">[A2c]</see>, over all steps of the rollout.
/// </summary>
/// <remarks>
/// The model takes what is seen, and a further input <see cref="Memory"/> [N, S]; it has three outputs in this order, logits of
/// the actions [N, K], the value [N, 1] and the next memory [N, S]. <c>Fit(environment)</c> takes a
/// <c>VectorEnvironment&lt;float[], int&gt;</c> of <see cref="ActorCriticAttribute.Environments"/> copies. A sample of a batch is
/// a rollout of one copy: [BatchSize] is Environments. A step of the trainer has a pass for each step of the rollout, written
/// out one by one.
/// </remarks>
/// <example><code>
/// [Model(3), Input("memory", 32), GruCell("memory"), Tag("next")]
/// [Linear(4), Output("Logits"), From("next"), Linear(1), Output("Value"), From("next"), Output("Memory")]
/// public partial class Policy;
///
/// [Trainer&lt;Policy&gt;, RecurrentA2c(Rollout = 10), Adam(3e-3), ClipGradNorm(0.5), BatchSize(8), Steps(2_000)]
/// public partial class PolicyTrainer;
/// </code></example>
public sealed class RecurrentA2cAttribute : ActorCriticAttribute
{
    /// <summary>Steps in each environment before an update, n: through so many steps goes a gradient, and no further
    /// back.</summary>
    [Interval("[2, 64]")]
    public override int Rollout { get; set; } = 10;

    /// <inheritdoc/>
    [Interval("[0, 1]")]
    public override double Lambda { get; set; } = 1;

    /// <inheritdoc/>
    public override bool Normalize { get; set; }

    /// <summary>The name of the input that is the state.</summary>
    public string Memory { get; set; } = "memory";
}
