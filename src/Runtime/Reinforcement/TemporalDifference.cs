namespace Dsl.Runtime;

/// <summary>What a value Q(s, a) is moved towards, beside r: γ times the value of what comes next.</summary>
public enum TemporalDifference
{
    /// <summary>max Q(s′, ·) (Watkins 1989).</summary>
    QLearning,

    /// <summary>Q(s′, a′) of the action that is taken next (Rummery and Niranjan 1994).</summary>
    Sarsa,

    /// <summary>Σ π(a|s′)·Q(s′, a) under the policy that explores (van Seijen et al. 2009).</summary>
    ExpectedSarsa,

    /// <summary>Of two tables, one is moved, at random, towards the other's value of its own best action (van Hasselt
    /// 2010).</summary>
    DoubleQ,
}
