using static TorchSharp.torch;

namespace Dsl.Runtime;

// Rows that go to places.
public static partial class Aten
{
    /// <summary>Elements along a dimension by their places, of the index's shape.</summary>
    public static Tensor gather(Tensor self, long dimension, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(self);
        ArgumentNullException.ThrowIfNull(index);
        return (dimension == 1 ? GatherLoop.TryGather(self, index) : null) ?? self.gather(dimension, index);
    }

    /// <summary>The gradient of what a gather reads: that of each element, added up where it was read more than once.</summary>
    public static Tensor gather_backward(Tensor gradient, Tensor self, long dimension, Tensor index)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(self);
        ArgumentNullException.ThrowIfNull(index);
        return (dimension == 1 ? GatherLoop.TryScatter(gradient, self, index) : null)
            ?? zeros_like(self).scatter_add_(dimension, index, gradient);
    }

    /// <summary>
    /// Combines the slices of a tensor with those of another that go to the same place: the largest (<c>amax</c>) or the
    /// smallest (<c>amin</c>).
    /// </summary>
    public static Tensor index_reduce(
        Tensor self, long dimension, Tensor index, Tensor source, string reduce, bool includeSelf = true)
    {
        var call = new OperatorCall(stackalloc ulong[6]);
        call.Add(self);
        call.Add(dimension);
        call.Add(index);
        call.Add(source);
        call.Add(reduce);
        call.Add(includeSelf);
        call.Run("aten::index_reduce"u8);
        return call.Result();
    }
}
