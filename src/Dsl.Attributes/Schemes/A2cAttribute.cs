namespace Dsl;

/// <summary>
/// Advantage actor-critic: −A·log π(a|s) + c_v·(R − V(s))² − c_e·H(π(·|s)), the means over a rollout of a few steps
/// in several environments; A are generalised advantages, constants, and R = A + V (Mnih et al. 2016, arXiv 1602.01783, without
/// its asynchrony; Schulman et al. 2016).
/// </summary>
/// <typeparam name="TCritic">A class with <see cref="ModelAttribute">[Model]</see> that takes what the policy takes and gives a
/// value [N, 1]; it is trained together with the policy, by its optimizer.</typeparam>
/// <remarks>
/// The model gives logits of the actions [N, K]. <c>Fit(environment)</c> takes a <c>VectorEnvironment&lt;float[], int&gt;</c> of
/// <see cref="ActorCriticAttribute.Environments"/> copies. A batch is a rollout: [BatchSize] is Rollout·Environments. What is
/// seen last of a truncated episode has its value, and that of a terminated one 0.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Policy&gt;, A2c&lt;Critic&gt;, RmsProp(7e-4), ClipGradNorm(0.5), BatchSize(40), Steps(5_000)]
/// public partial class PolicyTrainer;
/// </code></example>
public sealed class A2cAttribute<TCritic> : ActorCriticAttribute
{
    /// <inheritdoc/>
    [Interval("[1, inf)")]
    public override int Rollout { get; set; } = 5;

    /// <inheritdoc/>
    [Interval("[0, 1]")]
    public override double Lambda { get; set; } = 1;

    /// <inheritdoc/>
    public override bool Normalize { get; set; }
}
