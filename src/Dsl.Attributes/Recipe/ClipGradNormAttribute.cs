namespace Dsl;

/// <summary>Scales the gradient down when its Euclidean norm over all parameters exceeds a bound (Pascanu et al. 2013, arXiv
/// 1211.5063).</summary>
/// <remarks>g ← g·min(1, bound/(‖g‖ + 1e-6)), as PyTorch's <c>clip_grad_norm_</c>.</remarks>
public sealed class ClipGradNormAttribute : GradientClippingAttribute
{
    /// <summary>Clips the gradient's norm.</summary>
    /// <param name="maxNorm">The largest norm that stays untouched.</param>
    public ClipGradNormAttribute(double maxNorm) => MaxNorm = maxNorm;

    /// <summary>The largest norm that stays untouched.</summary>
    [Interval("(0, inf)")]
    public double MaxNorm { get; }
}
