using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// Numbers of 16 bits, bfloat16, which are factors and results of products alone.
public static unsafe partial class Aten
{
    /// <summary>x rounded to bfloat16: 8 bits of exponent, as with 32, and 8 of precision.</summary>
    /// <exception cref="InvalidOperationException">x has no 32 bits.</exception>
    public static Tensor to_bfloat16(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.dtype != ScalarType.Float32) throw NotOf32Bits(x);
        return BFloat16Loop.TryRound(x) ?? x.to(ScalarType.BFloat16);
    }

    /// <summary>x of 16 bits with 32.</summary>
    public static Tensor to_float32(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return BFloat16Loop.TryWiden(x, null, -1) ?? x.to(ScalarType.Float32);
    }

    /// <summary>x of 16 bits with 32, plus a bias.</summary>
    /// <param name="x">bfloat16 [..., C], or [N, C, ...].</param>
    /// <param name="bias">[C], of 32 bits.</param>
    /// <param name="channels">The dimension of size C; −1 for the last.</param>
    /// <exception cref="InvalidOperationException">The bias has no 32 bits.</exception>
    public static Tensor to_float32(Tensor x, Tensor bias, int channels)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(bias);
        if (bias.dtype != ScalarType.Float32) throw NotOf32Bits(bias);
        if (BFloat16Loop.TryWiden(x, bias, channels) is { } output) return output;
        using var wide = x.to(ScalarType.Float32);
        if (channels == -1) return add(wide, bias);
        long[] shape = new long[x.dim() - channels];
        Array.Fill(shape, 1);
        shape[0] = bias.numel();
        using var placed = bias.reshape(shape);
        return add(wide, placed);
    }

    /// <summary>a·b for matrices of 16 bits; null for others, and where autograd is to record it.</summary>
    private static Tensor? TryShortProduct(Tensor a, Tensor b)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(a, LibTorchAbi.BFloat16, out var left)
            || !TensorLayout.TryOf(b, LibTorchAbi.BFloat16, out var right)
            || left.Rank != 2 || right.Rank != 2 || left.Sizes[1] != right.Sizes[0]) return null;
        var output = TensorMemory.EmptyBFloat16(left.Sizes[0], right.Sizes[1]);
        OperatorCount.Add();
        if (LibTorchAbi.MatrixProduct(output.Handle, a.Handle, b.Handle) != 0)
            throw TorchException.Refused("aten::mm", output, a, b);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return output;
    }

    /// <summary>The same for many pairs of matrices.</summary>
    private static Tensor? TryShortProducts(Tensor a, Tensor b)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(a, LibTorchAbi.BFloat16, out var left)
            || !TensorLayout.TryOf(b, LibTorchAbi.BFloat16, out var right) || left.Rank != 3 || right.Rank != 3
            || left.Sizes[0] != right.Sizes[0] || left.Sizes[2] != right.Sizes[1]) return null;
        var output = TensorMemory.EmptyBFloat16(left.Sizes[0], left.Sizes[1], right.Sizes[2]);
        OperatorCount.Add();
        if (LibTorchAbi.MatrixProducts(output.Handle, a.Handle, b.Handle) != 0)
            throw TorchException.Refused("aten::bmm", output, a, b);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return output;
    }

    /// <summary>x·Wᵀ on the last dimension, of 16 bits.</summary>
    private static Tensor? TryShortLinear(Tensor x, Tensor weight)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, LibTorchAbi.BFloat16, out var layout) || layout.Rank < 2) return null;
        Span<long> shape = stackalloc long[layout.Rank];
        layout.Sizes.CopyTo(shape);
        var transposed = t(weight);
        var rows = layout.Rank == 2 ? x : reshape(x, -1, shape[^1]);
        var product = TryShortProduct(rows, transposed);
        if (!ReferenceEquals(rows, x)) rows.Free();
        transposed.Free();
        if (product is null || layout.Rank == 2) return product;
        shape[^1] = product.size(1);
        var output = reshape(product, shape);
        product.Free();
        return output;
    }

    private static InvalidOperationException NotOf32Bits(Tensor x) => new(
        $"A model with [MixedPrecision] keeps numbers of 32 bits and rounds factors of products itself, but these are {x.dtype} "
        + $"[{string.Join(", ", x.shape)}]: leave the model as Float32, or leave [MixedPrecision] out.");
}
