namespace Dsl;

/// <summary>A policy and a critic that says how much better than expected its actions were.</summary>
public abstract class ActorCriticAttribute : SchemeAttribute
{
    /// <summary>Steps in each environment before an update, n.</summary>
    [Interval("[1, inf)")]
    public abstract int Rollout { get; set; }

    /// <summary>Environments that are acted in.</summary>
    [Interval("[1, inf)")]
    public int Environments { get; set; } = 8;

    /// <summary>γ: what a reward is worth a step later.</summary>
    [Interval("[0, 1]")]
    public double Discount { get; set; } = 0.99;

    /// <summary>λ of generalised advantages: 0 for one step, 1 for all of a rollout (Schulman et al. 2016, arXiv
    /// 1506.02438).</summary>
    [Interval("[0, 1]")]
    public abstract double Lambda { get; set; }

    /// <summary>Weight of the critic's squared error.</summary>
    [Interval("(0, inf)")]
    public double ValueWeight { get; set; } = 0.5;

    /// <summary>Weight of −H, the negative entropy of the policy.</summary>
    [Interval("[0, inf)")]
    public double Entropy { get; set; } = 0.01;

    /// <summary>Whether the advantages of a rollout get mean 0 and deviation 1.</summary>
    public abstract bool Normalize { get; set; }
}
