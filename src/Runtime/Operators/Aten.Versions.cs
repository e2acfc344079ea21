using static TorchSharp.torch;

namespace Dsl.Runtime;

// Memory that autograd watches.
public static partial class Aten
{
    /// <summary>
    /// The same memory with a count of changes of its own: what is written through it is no change to autograd, which refuses a
    /// backward pass whose inputs have changed.
    /// </summary>
    public static Tensor data(Tensor self)
    {
        var call = new OperatorCall(stackalloc ulong[1]);
        call.Add(self);
        call.Run("aten::data"u8);
        return call.Result();
    }
}
