namespace Dsl;

/// <summary>
/// The policy's gradient by whole episodes: −log π(a|s)·G, where G is what the episode earned from the action on, discounted
/// (Williams 1992; Sutton and Barto 2018, section 13.3, without the factor γᵗ).
/// </summary>
/// <remarks>
/// The model gives logits of the actions [N, K]. <c>Fit(environment)</c> takes a <c>VectorEnvironment&lt;float[], int&gt;</c> of
/// one copy; an update is of all steps of [BatchSize] episodes, and the loss their mean. There is no critic, so that what a
/// truncated episode would still have earned is missing: use <see cref="A2cAttribute{TCritic}">[A2c]</see> where a limit of time
/// matters.
/// </remarks>
/// <example><code>
/// [Trainer&lt;Policy&gt;, Reinforce(Discount = 0.99), Adam(3e-3), BatchSize(8), Steps(300)]
/// public partial class PolicyTrainer;
/// </code></example>
public sealed class ReinforceAttribute : SchemeAttribute
{
    /// <summary>γ: what a reward is worth a step later.</summary>
    [Interval("[0, 1]")]
    public double Discount { get; set; } = 0.99;

    /// <summary>Whether the returns of a batch get mean 0 and deviation 1, a baseline that needs no critic.</summary>
    public bool Normalize { get; set; } = true;

    /// <summary>Weight of −H, the negative entropy of the policy.</summary>
    [Interval("[0, inf)")]
    public double Entropy { get; set; }
}
