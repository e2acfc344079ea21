using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Initial values of parameters that are more than one draw. The result depends on the generator alone.</summary>
public static class InitialValues
{
    private const double Cut = 2;

    // Φ(2) − Φ(−2) = erf(2/√2): the part of a normal distribution within two deviations.
    private const double Kept = 0.95449973610364158;

    /// <summary>Fills a tensor from U(−bound, bound), with numbers that are drawn where the generator is: the same on every
    /// device.</summary>
    /// <param name="target">What to fill; its gradient is not recorded.</param>
    /// <param name="bound">The largest value, above 0.</param>
    /// <param name="generator">Source of the numbers.</param>
    public static void Uniform(Tensor target, double bound, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(generator);
        using var noGrad = no_grad();
        using var drawn = empty(target.shape, target.dtype, generator.device).uniform_(-bound, bound, generator);
        target.copy_(drawn);
    }

    /// <summary>Fills a tensor from U(−1/√fan_in, 1/√fan_in), PyTorch's default for weights and biases of linear and
    /// convolutional layers.</summary>
    /// <param name="target">What to fill; its gradient is not recorded.</param>
    /// <param name="fanIn">How many inputs an output has, above 0.</param>
    /// <param name="generator">Source of the numbers; null for libtorch's global generator.</param>
    public static void UniformFanIn(Tensor target, long fanIn, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(target);
        using var noGrad = no_grad();
        double bound = 1 / Math.Sqrt(fanIn);
        target.uniform_(-bound, bound, generator);
    }

    /// <summary>
    /// Fills a tensor from N(0, σ²), conditioned on values within ±2σ. Their standard deviation is 0.8796·σ, as with
    /// TensorFlow's and JAX's truncated normal and timm's <c>trunc_normal_tf_</c>. PyTorch's <c>trunc_normal_</c> cuts at ±2
    /// whatever σ is, which for a small one is no cut.
    /// </summary>
    /// <param name="target">What to fill; its gradient is not recorded.</param>
    /// <param name="deviation">σ before the cut, above 0.</param>
    /// <param name="generator">Source of the numbers; null for libtorch's global generator.</param>
    public static void TruncatedNormal(Tensor target, double deviation, Generator? generator)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();

        // The inverse of the distribution function: Φ⁻¹(p) = √2·erf⁻¹(2p − 1), p uniform between Φ(−2) and Φ(2).
        // Numbers are drawn on the CPU, where generators are.
        var uniform = empty(target.shape, target.dtype).uniform_(-Kept, Kept, generator);
        var normal = Aten.mul_(uniform.erfinv(), Math.Sqrt(2) * deviation);
        target.copy_(Aten.clamp_(normal, -Cut * deviation, Cut * deviation));
    }

    /// <summary>
    /// Fills a tensor of two or more dimensions, taken as a matrix [out, rest], with orthonormal rows, or columns where it has
    /// more rows than columns, times a gain, drawn uniformly among all such matrices (Saxe et al. 2014, arXiv 1312.6120).
    /// </summary>
    /// <param name="target">What to fill, at least two dimensions; its gradient is not recorded.</param>
    /// <param name="gain">The factor.</param>
    /// <param name="generator">Source of the numbers; null for libtorch's global generator.</param>
    /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
    public static void Orthogonal(Tensor target, double gain, Generator? generator)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.dim() < 2) throw new ArgumentException($"A tensor of {target.dim()} dimensions is no matrix.", nameof(target));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long rows = target.size(0), columns = target.numel() / rows;
        long longer = Math.Max(rows, columns), shorter = Math.Min(rows, columns);
        var normal = empty([longer, shorter], target.dtype).normal_(0, 1, generator);
        var (q, r) = linalg.qr(normal);

        // A factorisation leaves the signs of the columns open; those of r's diagonal make the distribution uniform (Mezzadri
        // 2007, arXiv math-ph/0609050, section 5).
        var orthonormal = q * r.diagonal().sign();
        var matrix = rows < columns ? orthonormal.t() : orthonormal;
        target.copy_(Aten.mul_(matrix.reshape(target.shape), gain));
    }
}
