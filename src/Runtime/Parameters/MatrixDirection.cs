using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Directions of a step that are of a whole matrix; each takes the gradient's place.</summary>
public static class MatrixDirection
{
    // The quintic's coefficients: the slope at 0 is as large as it can be while what converges stays within 1 ± 0.3 (Jordan et
    // al. 2024).
    private const double A = 3.4445, B = -4.7750, C = 2.0315;

    // Added to the norm, so that a gradient of zeros stays one.
    private const double Least = 1e-7;

    /// <summary>
    /// The matrix with the singular vectors of the given one and singular values near 1, by a quintic Newton-Schulz iteration, X
    /// ← aX + (bXXᵀ + c(XXᵀ)²)X from X = G/‖G‖ (Jordan et al. 2024; Bernstein and Newhouse 2024, arXiv 2409.20325), in
    /// the type of the parameters.
    /// </summary>
    /// <remarks>After five steps the values lie between 0.7 and 1.2 where they were not tiny beside the largest. A matrix of
    /// zeros stays one.</remarks>
    /// <param name="arena">Where the gradient lies.</param>
    /// <param name="offset">The parameter's first element.</param>
    /// <param name="rows">The parameter's first dimension.</param>
    /// <param name="columns">The product of its other dimensions.</param>
    /// <param name="steps">Steps of the iteration, at least 1.</param>
    public static void Orthogonal(ParameterArena arena, long offset, long rows, long columns, int steps)
    {
        ArgumentNullException.ThrowIfNull(arena);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var gradient = arena.GradientView(offset, rows, columns);

        // The product of the shorter side is the smaller one.
        var x = rows > columns ? gradient.t() : gradient;
        x = x / Aten.add(gradient.norm(), Least);
        for (int step = 0; step < steps; step++)
        {
            var square = x.matmul(x.t());
            var factor = Aten.add_(Aten.mul(square, B), square.matmul(square), C);
            x = Aten.add_(Aten.mul(x, A), factor.matmul(x));
        }

        gradient.copy_(rows > columns ? x.t() : x);
    }
}
