namespace Dsl;

/// <summary>How long the disturbance δ of an input is: what an attack keeps at most ε, for each sample over all its
/// elements.</summary>
public enum AttackNorm
{
    /// <summary>The largest element, max |δᵢ|. A step is a·sign(g).</summary>
    Linf,

    /// <summary>The Euclidean length ‖δ‖₂. A step is a·g/‖g‖₂.</summary>
    L2,
}
