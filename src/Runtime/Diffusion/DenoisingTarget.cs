namespace Dsl.Runtime;

/// <summary>What a network predicts of x_t = √ᾱ·x + √(1 − ᾱ)·ε.</summary>
public enum DenoisingTarget
{
    /// <summary>The noise ε.</summary>
    Noise,

    /// <summary>The sample x.</summary>
    Sample,

    /// <summary>v = √ᾱ·ε − √(1 − ᾱ)·x.</summary>
    Velocity,
}
