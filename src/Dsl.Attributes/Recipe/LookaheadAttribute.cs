namespace Dsl;

/// <summary>
/// Lookahead: the optimizer makes k fast steps from slow weights φ, which then go a part of the way, φ ← φ + α(θ − φ),
/// and the next k steps start there (Zhang et al. 2019, arXiv 1907.08610, algorithm 1).
/// </summary>
/// <remarks>What the optimizer keeps, such as moments, stays as it is. Between two multiples of k the network holds the fast
/// weights: a run of a number of steps that is no multiple of k ends with a round of fewer steps, so that the network of a
/// finished run holds slow weights.</remarks>
public sealed class LookaheadAttribute : RecipeAttribute
{
    /// <summary>Fast steps of a round.</summary>
    [Interval("[1, inf)")]
    public int K { get; set; } = 5;

    /// <summary>The part α of the way that the slow weights go.</summary>
    [Interval("(0, 1]")]
    public double Alpha { get; set; } = 0.5;
}
