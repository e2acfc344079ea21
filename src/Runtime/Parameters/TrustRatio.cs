using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Factors of a parameter tensor's step that depend on its norms, in the CPU's memory and as a tensor that stays on its device.
/// All are 1 where a norm is 0.
/// </summary>
public static class TrustRatio
{
    /// <summary>LARS: c‖θ‖/(‖g‖ + λ‖θ‖ + ε) (You, Gitman and Ginsburg 2017, arXiv 1708.03888, equation 6).</summary>
    /// <param name="parameter">The whole parameter θ.</param>
    /// <param name="gradient">Its gradient g, without the penalty.</param>
    /// <param name="coefficient">The trust coefficient c.</param>
    /// <param name="weightDecay">The penalty λ.</param>
    /// <param name="epsilon">Added to the denominator.</param>
    public static double Lars(
        ReadOnlySpan<Vector<float>> parameter, ReadOnlySpan<Vector<float>> gradient, double coefficient, double weightDecay,
        double epsilon)
    {
        double size = Norm(parameter), slope = Norm(gradient);
        return size > 0 && slope > 0 ? coefficient * size / (slope + weightDecay * size + epsilon) : 1;
    }

    /// <inheritdoc cref="Lars(ReadOnlySpan{Vector{float}}, ReadOnlySpan{Vector{float}}, double, double, double)"/>
    public static Tensor Lars(Tensor parameter, Tensor gradient, double coefficient, double weightDecay, double epsilon)
    {
        var size = parameter.norm();
        var slope = gradient.norm();
        var decayed = Aten.add(Aten.add(slope, Aten.mul(size, weightDecay)), epsilon);
        return OneWhereZero(size, slope, Aten.mul(size, coefficient) / decayed);
    }

    /// <summary>LAMB: ‖θ‖/‖u‖ (You et al. 2020, arXiv 1904.00962, algorithm 2, with φ the identity).</summary>
    /// <param name="parameter">The whole parameter θ.</param>
    /// <param name="direction">The direction u of its step, the decay included.</param>
    public static double Lamb(ReadOnlySpan<Vector<float>> parameter, ReadOnlySpan<Vector<float>> direction)
    {
        double size = Norm(parameter), length = Norm(direction);
        return size > 0 && length > 0 ? size / length : 1;
    }

    /// <inheritdoc cref="Lamb(ReadOnlySpan{Vector{float}}, ReadOnlySpan{Vector{float}})"/>
    public static Tensor Lamb(Tensor parameter, Tensor direction)
    {
        var size = parameter.norm();
        var length = direction.norm();
        return OneWhereZero(size, length, size / length);
    }

    // In double: a sum of millions of squares in float32 loses digits.
    private static double Norm(ReadOnlySpan<Vector<float>> vectors)
    {
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        foreach (var vector in vectors)
        {
            Vector.Widen(vector, out var first, out var second);
            low += first * first;
            high += second * second;
        }

        return Math.Sqrt(Vector.Sum(low + high));
    }

    private static Tensor OneWhereZero(Tensor first, Tensor second, Tensor ratio) =>
        where(Aten.gt(first, 0) & Aten.gt(second, 0), ratio, ones_like(ratio));
}
