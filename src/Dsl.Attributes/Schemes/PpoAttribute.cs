namespace Dsl;

/// <summary>
/// Proximal policy optimisation: −min(ρ·A, clip(ρ, 1 − ε, 1 + ε)·A) + c_v·(R − V(s))² − c_e·H(π(·|s)), where
/// ρ is π(a|s) divided by what it was when the action was drawn, so that a rollout is learned of several times (Schulman et al.
/// 2017, arXiv 1707.06347, equations 7 and 9).
/// </summary>
/// <typeparam name="TCritic">A class with <see cref="ModelAttribute">[Model]</see> that takes what the policy takes and gives a
/// value [N, 1]; it is trained together with the policy, by its optimizer.</typeparam>
/// <remarks>
/// As <see cref="A2cAttribute{TCritic}">[A2c]</see>, but [BatchSize] divides Rollout·Environments: a rollout is handed out in
/// batches, in an order that is drawn, <see cref="Passes"/> times. Advantages are normalised over the rollout; the value is not
/// clipped.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Policy&gt;, Ppo&lt;Critic&gt;, Adam(2.5e-3), ClipGradNorm(0.5), BatchSize(256), Steps(4_000)]
/// public partial class PolicyTrainer;
/// </code></example>
public sealed class PpoAttribute<TCritic> : ActorCriticAttribute
{
    /// <inheritdoc/>
    [Interval("[1, inf)")]
    public override int Rollout { get; set; } = 128;

    /// <inheritdoc/>
    [Interval("[0, 1]")]
    public override double Lambda { get; set; } = 0.95;

    /// <inheritdoc/>
    public override bool Normalize { get; set; } = true;

    /// <summary>How often each step is learned of.</summary>
    [Interval("[1, inf)")]
    public int Passes { get; set; } = 4;

    /// <summary>ε: by which part of it the probability of an action may change before it earns no more.</summary>
    [Interval("(0, 1)")]
    public double Clip { get; set; } = 0.2;
}
