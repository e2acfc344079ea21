namespace Dsl;

/// <summary>
/// Soft actor-critic for actions that are real numbers: a policy of squashed normal distributions maximises what two critics
/// value, plus α times its entropy; the critics learn r + γ·(1 − d)·(min Q̄(s′, a′) − α·log π(a′)) from a
/// memory, and the temperature α is learned so that the entropy stays near a target (Haarnoja et al. 2018, arXiv 1812.05905,
/// algorithm 1).
/// </summary>
/// <typeparam name="TCritic">A class with <see cref="ModelAttribute">[Model]</see> that takes what the policy takes and, as the
/// input "action", the A numbers of an action, and gives a value [N, 1]. There are two of them, with an optimizer of their own:
/// <c>For = "Critic"</c>.</typeparam>
/// <remarks>
/// <para>
/// The model gives means and log deviations [N, 2A] of A numbers, whose hyperbolic tangents are the action.
/// <c>Fit(environment)</c> takes a <c>VectorEnvironment&lt;float[], float[]&gt;</c> whose actions lie between finite bounds:
/// it acts <see cref="LearningStarts"/> times evenly, then by draws of the policy. Log deviations are held to [-20, 2].
/// </para>
/// <para>
/// A step updates the critics, then policy and temperature, then the moving averages of the critics. log α is learned by the
/// policy's optimizer, as <c>LogTemperature</c> of the trainer: the gradient is that of α·(−log π − H̄) divided by α, as
/// in the authors' code. A run is counted in updates, <c>[Steps]</c>. A truncated episode's last transition counts the value of
/// what was seen last; a terminated one's does not. A checkpoint holds the memory, the averages and what was done in the present
/// episodes, so that a resumed run equals an uninterrupted one.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(3), Linear(64), ReLU, Linear(64), ReLU, Linear(2)]
/// public partial class Actor;
///
/// [Model(3), Input("action", 1), Concat("action"), Linear(64), ReLU, Linear(64), ReLU, Linear(1)]
/// public partial class Worth;
///
/// [Trainer&lt;Actor&gt;, Sac&lt;Worth&gt;, Adam(1e-3), Adam(1e-3, For = "Critic"), BatchSize(128), Steps(20_000)]
/// public partial class ActorTrainer;
/// </code></example>
public sealed class SacAttribute<TCritic> : SchemeAttribute
{
    /// <summary>γ: what a reward is worth a step later.</summary>
    [Interval("[0, 1]")]
    public double Discount { get; set; } = 0.99;

    /// <summary>τ: by which part of the way the averages follow the critics after each update.</summary>
    [Interval("(0, 1]")]
    public double Tau { get; set; } = 0.005;

    /// <summary>α at the start.</summary>
    [Interval("(0, inf)")]
    public double Temperature { get; set; } = 1;

    /// <summary>H̄, the entropy in nats that the temperature is learned for; NaN for −A, the authors' choice for actions of A
    /// numbers.</summary>
    public double TargetEntropy { get; set; } = double.NaN;

    /// <summary>Transitions that are remembered.</summary>
    [Interval("[1, inf)")]
    public int Memory { get; set; } = 100_000;

    /// <summary>Steps of the environment before the first update, with actions drawn evenly; at least a batch.</summary>
    [Interval("[1, inf)")]
    public int LearningStarts { get; set; } = 1000;

    /// <summary>Steps of the environment from one update to the next.</summary>
    [Interval("[1, inf)")]
    public int StepsPerUpdate { get; set; } = 1;
}
