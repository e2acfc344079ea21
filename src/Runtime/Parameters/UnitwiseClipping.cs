using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Adaptive gradient clipping (Brock, De, Smith and Simonyan 2021, arXiv 2102.06171, equation 3).</summary>
public static class UnitwiseClipping
{
    // The divisor's least value, as in the authors' code; it matters only where the gradient is zero.
    private const double LeastNorm = 1e-6;

    /// <summary>Limits the gradient of each unit of a parameter to a part of the unit's norm.</summary>
    /// <param name="arena">Where parameter and gradient lie.</param>
    /// <param name="offset">The parameter's first element.</param>
    /// <param name="units">Rows of the parameter [units, size]; 1 for a vector.</param>
    /// <param name="size">Elements of a unit.</param>
    /// <param name="clipping">The threshold λ.</param>
    /// <param name="epsilon">The least norm ε of a unit.</param>
    public static void Apply(ParameterArena arena, long offset, long units, long size, double clipping, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(arena);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var parameter = arena.View(offset, units, size);
        using var gradient = arena.GradientView(offset, units, size);
        var limit = Aten.mul_(Aten.clamp_min_(parameter.norm(1, keepdim: true), epsilon), clipping);
        var norm = Aten.clamp_min_(gradient.norm(1, keepdim: true), LeastNorm);
        gradient.mul_(Aten.clamp_max_(limit / norm, 1));
    }
}
