using static TorchSharp.torch;

namespace Dsl.Runtime;

// Rows that go to places.
public static partial class Aten
{
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
