using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What compiled code calls of libtorch beside TorchSharp's API: the operators that TorchSharp lacks (most of all the backward
/// ones), through libtorch's own C interface, and those with a number, for which TorchSharp makes an object at every call.
/// </summary>
/// <remarks>
/// A method is named as aten's operator, with its arguments in the order of the schema. A name that ends with an underscore
/// works in place: it writes over its first argument and returns it. A result that the operator leaves undefined (the gradient
/// that a mask leaves out) is null. An error is a <see cref="TorchException"/> that says operator, shapes and types.
/// </remarks>
public static partial class Aten
{
    /// <summary>Keeps autograd from recording until the result is disposed.</summary>
    public static Unrecorded no_grad()
    {
        byte before = LibTorchAbi.GradModeIsEnabled();
        LibTorchAbi.SetGradMode(0);
        return new Unrecorded(before);
    }

    /// <summary>An operator of two tensors and nothing else.</summary>
    private static Tensor Call(ReadOnlySpan<byte> name, Tensor first, Tensor second)
    {
        var call = new OperatorCall(stackalloc ulong[2]);
        call.Add(first);
        call.Add(second);
        call.Run(name);
        return call.Result();
    }

    /// <summary>An operator of tensors that writes its result into a given one.</summary>
    private static Tensor Write(
        Tensor output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> overload, params ReadOnlySpan<Tensor> operands)
    {
        var call = new OperatorCall(stackalloc ulong[3]);
        foreach (var operand in operands) call.Add(operand);
        call.Add(output);
        call.Run(name, overload);
        call.FreeResult();
        return output;
    }
}
