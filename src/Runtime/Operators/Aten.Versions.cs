using static TorchSharp.torch;

namespace Dsl.Runtime;

// Memory that autograd watches.
public static partial class Aten
{
    /// <summary>How often operators have written to a tensor's memory.</summary>
    /// <param name="self">Not made in inference mode, where nobody counts.</param>
    internal static long _version(Tensor self)
    {
        var call = new OperatorCall(stackalloc ulong[1]);
        call.Add(self);
        call.Run("aten::_version"u8);
        return call.Number();
    }

    /// <summary>Whether a tensor was made in inference mode.</summary>
    internal static bool is_inference(Tensor self)
    {
        var call = new OperatorCall(stackalloc ulong[1]);
        call.Add(self);
        call.Run("aten::is_inference"u8);
        return call.Number() != 0;
    }

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
