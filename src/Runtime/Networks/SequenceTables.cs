using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Tensors that layers of sequences compute from lengths alone, of the element type and on the device of another
/// one.</summary>
public static class SequenceTables
{
    /// <summary>Zeros on and below the diagonal and −∞ above it [length, length]: added to scores, it hides what comes
    /// later.</summary>
    public static Tensor CausalMask(long length, Tensor like)
    {
        using var all = Aten.full([length, length], double.NegativeInfinity, like.dtype, like.device);
        return all.triu(1);
    }

    /// <summary>
    /// sin(p·b^(−2i/D)) at place p and feature 2i, the cosine at feature 2i + 1 [length, features] (Vaswani et al. 2017, arXiv
    /// 1706.03762, section 3.5).
    /// </summary>
    public static Tensor Sinusoids(long length, long features, double wavelengthBase, Tensor like)
    {
        using var scope = NewDisposeScope();
        var angles = Angles(length, (features + 1) / 2, features, wavelengthBase);
        var pairs = stack([angles.sin(), angles.cos()], 2).flatten(1);
        return pairs.narrow(1, 0, features).to(like.dtype, like.device).clone().MoveToOuterDisposeScope();
    }

    /// <summary>a·b^(−2i/D), i = 0, ..., D/2 − 1 [features / 2]: what a number is multiplied by before its sines and
    /// cosines.</summary>
    public static Tensor Frequencies(long features, double wavelengthBase, double factor, Tensor like)
    {
        using var scope = NewDisposeScope();
        var exponents = Aten.mul(Aten.arange(features / 2, ScalarType.Float64), -2 * Math.Log(wavelengthBase) / features);
        return Aten.mul(exponents.exp(), factor).to(like.dtype, like.device).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// cos(p·b^(−2i/d)) at place p and features i and i + d/2 [length, features], for an even d (Su et al. 2021, arXiv
    /// 2104.09864, section 3.2.2).
    /// </summary>
    public static Tensor RotaryCosine(long length, long features, double angleBase, Tensor like)
    {
        using var scope = NewDisposeScope();
        var cosine = Angles(length, features / 2, features, angleBase).cos();
        return cat([cosine, cosine], 1).to(like.dtype, like.device).MoveToOuterDisposeScope();
    }

    /// <summary>−sin(p·b^(−2i/d)) at place p and feature i, and the sine itself at feature i + d/2 [length, features].</summary>
    public static Tensor RotarySine(long length, long features, double angleBase, Tensor like)
    {
        using var scope = NewDisposeScope();
        var sine = Angles(length, features / 2, features, angleBase).sin();
        return cat([-sine, sine], 1).to(like.dtype, like.device).MoveToOuterDisposeScope();
    }

    /// <summary>p·b^(−2i/D) [length, pairs] in double precision: the angle of a late place has lost digits in float32.</summary>
    private static Tensor Angles(long length, long pairs, long features, double angleBase)
    {
        var places = Aten.arange(length, ScalarType.Float64);
        var frequencies = Aten.mul(Aten.arange(pairs, ScalarType.Float64), -2 * Math.Log(angleBase) / features).exp();
        return places.unsqueeze(1) * frequencies;
    }
}
