using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// Tensors put together, and zeros.
public static partial class Aten
{
    /// <summary>Tensors one after another along a dimension.</summary>
    public static Tensor cat(ReadOnlySpan<Tensor> parts, int dimension) =>
        JoinLoop.TryConcatenate(parts, dimension) ?? torch.cat(parts.ToArray(), dimension);

    /// <summary>Tensors of one shape beside each other, counted by a new dimension.</summary>
    public static Tensor stack(ReadOnlySpan<Tensor> parts, int dimension) =>
        JoinLoop.TryStack(parts, dimension) ?? torch.stack(parts.ToArray(), dimension);

    /// <summary>Zeros around the last dimensions.</summary>
    /// <param name="x">Of any shape.</param>
    /// <param name="amounts">How many before and after, from the last dimension on; negative ones cut off.</param>
    public static Tensor pad(Tensor x, params ReadOnlySpan<long> amounts)
    {
        ArgumentNullException.ThrowIfNull(x);
        return JoinLoop.TryPad(x, amounts) ?? nn.functional.pad(x, amounts.ToArray());
    }

    /// <summary>x ← 0.</summary>
    public static Tensor zero_(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return JoinLoop.TryClear(x) ? x : x.zero_();
    }

    /// <summary>Zeros in the shape and type of a tensor and on its device.</summary>
    public static Tensor zeros_like(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return JoinLoop.TryZeros(x) ?? x.zeros_like();
    }
}
