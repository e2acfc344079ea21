using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Spectral normalisation, W/σ with σ = uᵀWv (Miyato et al. 2018, arXiv 1802.05957, algorithm 1).</summary>
public static class SpectralWeights
{
    // What a vector of zeros is divided by, as in PyTorch.
    private const double Least = 1e-12;

    private const int StartIterations = 15;

    /// <summary>Starts u and v at normal numbers, and brings them near to the singular vectors by fifteen power
    /// iterations.</summary>
    /// <param name="weight">W, [out, ...], which has its values.</param>
    /// <param name="left">u, [out].</param>
    /// <param name="right">v, [product of the others].</param>
    /// <param name="generator">Source of the numbers; null for libtorch's global generator.</param>
    public static void Start(Tensor weight, Tensor left, Tensor right, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        using var noGrad = no_grad();
        left.normal_(0, 1, generator);
        right.normal_(0, 1, generator);
        for (int i = 0; i < StartIterations; i++) Iterate(weight, left, right);
    }

    /// <summary>The weight of a pass: W/σ, with σ, u and v as they were for it.</summary>
    /// <param name="weight">W, [out, ...].</param>
    /// <param name="left">u, [out]; a power iteration moves it.</param>
    /// <param name="right">v; likewise.</param>
    /// <param name="iterates">Whether a power iteration is made first, as in training.</param>
    public static (Tensor Weight, Tensor Norm, Tensor Left, Tensor Right) Of(
        Tensor weight, Tensor left, Tensor right, bool iterates = true)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        using var scope = NewDisposeScope();
        Tensor u, v;
        using (no_grad())
        {
            if (iterates) Iterate(weight, left, right);
            (u, v) = (left.clone(), right.clone());
        }

        // A later pass moves the vectors on: these are the ones that the gradient knows.
        var norm = u.dot(weight.flatten(1).mv(v));
        var result = weight / norm;
        return (result.MoveToOuterDisposeScope(), norm.MoveToOuterDisposeScope(), u.MoveToOuterDisposeScope(),
            v.MoveToOuterDisposeScope());
    }

    /// <summary>The weight alone, which autograd differentiates.</summary>
    /// <inheritdoc cref="Of"/>
    public static Tensor Weigh(Tensor weight, Tensor left, Tensor right, bool iterates)
    {
        using var scope = NewDisposeScope();
        return Of(weight, left, right, iterates).Weight.MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of W: (∂w − (∂w · w)·uvᵀ)/σ (the paper's equation 10).</summary>
    /// <param name="gradient">∂w, [out, ...].</param>
    /// <param name="normalized">w.</param>
    /// <param name="norm">σ, without dimensions.</param>
    /// <param name="left">u, as it was in the pass.</param>
    /// <param name="right">v, likewise.</param>
    public static Tensor Gradient(Tensor gradient, Tensor normalized, Tensor norm, Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(normalized);
        ArgumentNullException.ThrowIfNull(left);
        using var scope = NewDisposeScope();
        var along = (gradient * normalized).sum();
        var direction = left.outer(right).reshape(gradient.shape);
        return ((gradient - along * direction) / norm).MoveToOuterDisposeScope();
    }

    private static void Iterate(Tensor weight, Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        var matrix = weight.flatten(1);
        var v = matrix.t().mv(left);
        right.copy_(v / Aten.clamp_min_(v.norm(), Least));
        var u = matrix.mv(right);
        left.copy_(u / Aten.clamp_min_(u.norm(), Least));
    }
}
