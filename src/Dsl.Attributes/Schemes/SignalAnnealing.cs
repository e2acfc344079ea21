namespace Dsl;

/// <summary>How the threshold of training signal annealing grows over the S steps of a run: φ(t) in η(t) = φ(t)·(1 − 1/K) +
/// 1/K.</summary>
public enum SignalAnnealing
{
    /// <summary>None: every labelled sample counts.</summary>
    None,

    /// <summary>φ = t/S.</summary>
    Linear,

    /// <summary>φ = 1 − exp(−5t/S): most of the signal early.</summary>
    Logarithmic,

    /// <summary>φ = exp(5(t/S − 1)): most of the signal late, for few labels.</summary>
    Exponential,
}
