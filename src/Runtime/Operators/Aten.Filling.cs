using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// Numbers into tensors, and out of them.
public static partial class Aten
{
    /// <summary>A number everywhere.</summary>
    public static Tensor full(ReadOnlySpan<long> size, double number, ScalarType type, Device? device = null) =>
        torch.full(size, Numbers.Of(number), type, device);

    /// <summary>A number everywhere, in the shape and type of a tensor and on its device.</summary>
    public static Tensor full_like(Tensor x, double number) => torch.full_like(x, Numbers.Of(number));

    /// <inheritdoc cref="full_like(Tensor, double)"/>
    public static Tensor full_like(Tensor x, long number) => torch.full_like(x, Numbers.Of(number));

    /// <summary>0, 1, ..., end − 1.</summary>
    public static Tensor arange(long end, ScalarType type = ScalarType.Int64, Device? device = null) =>
        torch.arange(Zero, Numbers.Of(end), One, type, device);

    /// <summary>start, start + 1, ..., end − 1, int64.</summary>
    public static Tensor arange(long start, long end, Device? device = null) =>
        torch.arange(Numbers.Of(start), Numbers.Of(end), One, ScalarType.Int64, device);

    /// <summary>x ← a number everywhere.</summary>
    public static Tensor fill_(Tensor x, double number) => x.fill_(Numbers.Of(number));

    /// <inheritdoc cref="fill_(Tensor, double)"/>
    public static Tensor fill_(Tensor x, long number) => x.fill_(Numbers.Of(number));

    /// <summary>x, with a number where the mask is true.</summary>
    public static Tensor masked_fill(Tensor x, Tensor mask, double number) => x.masked_fill(mask, Numbers.Of(number));

    /// <inheritdoc cref="masked_fill(Tensor, Tensor, double)"/>
    public static Tensor masked_fill(Tensor x, Tensor mask, long number) => x.masked_fill(mask, Numbers.Of(number));

    /// <summary>x ← a number where the mask is true.</summary>
    public static Tensor masked_fill_(Tensor x, Tensor mask, double number) => x.masked_fill_(mask, Numbers.Of(number));

    /// <summary>x with rows of another tensor added at places along a dimension.</summary>
    public static Tensor index_add(Tensor x, long dimension, Tensor index, Tensor source) =>
        x.index_add(dimension, index, source, One);

    /// <summary>The number of a tensor that has one element. It waits for the device.</summary>
    public static double item(Tensor x)
    {
        using var number = x.ToScalar();
        return number.ToDouble();
    }

    /// <summary>The integer of a tensor that has one element. It waits for the device.</summary>
    public static long item_int64(Tensor x)
    {
        using var number = x.ToScalar();
        return number.ToInt64();
    }

    /// <summary>Whether the one element of a tensor is true, or another number than 0. It waits for the device.</summary>
    public static bool is_nonzero(Tensor x)
    {
        using var number = x.ToScalar();
        return number.ToBoolean();
    }
}
