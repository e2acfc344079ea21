namespace Dsl;

/// <summary>
/// Adaptive gradient clipping: the gradient of each unit is at most a part of the unit's own norm,
/// g_i ← λ·max(‖W_i‖, ε)/‖g_i‖·g_i where ‖g_i‖ is larger (Brock, De, Smith and Simonyan 2021, arXiv 2102.06171, equation 3).
/// </summary>
/// <remarks>
/// A unit is what one output of a matrix or kernel [out, ...] is computed with; a vector is one unit. The authors leave out the
/// last linear layer: name it in <see cref="Except"/>.
/// </remarks>
public sealed class AdaptiveGradientClippingAttribute : GradientClippingAttribute
{
    /// <summary>Clips the gradient of each unit.</summary>
    /// <param name="clipping">The threshold λ.</param>
    public AdaptiveGradientClippingAttribute(double clipping = 0.01) => Clipping = clipping;

    /// <summary>The threshold λ, as a part of the unit's norm.</summary>
    [Interval("(0, inf)")]
    public double Clipping { get; }

    /// <summary>The least norm ε of a unit, so that one that starts at zero can learn.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1e-3;

    /// <summary>A layer or parameter that is left alone, as a path: <c>"7"</c> or <c>"7.weight"</c>; empty for none.</summary>
    public string Except { get; set; } = "";
}
