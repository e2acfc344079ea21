using static TorchSharp.torch;

namespace Dsl.Runtime;

// Activations and derivatives of them that libtorch has as operators without numbers.
public static partial class Aten
{
    /// <summary>x·tanh(ln(1 + eˣ)).</summary>
    public static Tensor mish(Tensor x)
    {
        var call = new OperatorCall(stackalloc ulong[1]);
        call.Add(x);
        call.Run("aten::mish"u8);
        return call.Result();
    }

    /// <summary>The gradient of the input. It reads the result.</summary>
    public static Tensor sigmoid_backward(Tensor gradient, Tensor result) => Call("aten::sigmoid_backward"u8, gradient, result);

    /// <summary>The gradient of the input, written over the given one.</summary>
    public static Tensor sigmoid_backward_(Tensor gradient, Tensor result) => sigmoid_backward_out(gradient, gradient, result);

    /// <summary>The gradient of the input, written to <paramref name="output"/>.</summary>
    public static Tensor sigmoid_backward_out(Tensor output, Tensor gradient, Tensor result) =>
        Write(output, "aten::sigmoid_backward"u8, "grad_input"u8, gradient, result);

    /// <summary>The gradient of the input. It reads the result.</summary>
    public static Tensor tanh_backward(Tensor gradient, Tensor result) => Call("aten::tanh_backward"u8, gradient, result);

    /// <summary>The gradient of the input, written over the given one.</summary>
    public static Tensor tanh_backward_(Tensor gradient, Tensor result) => tanh_backward_out(gradient, gradient, result);

    /// <summary>The gradient of the input, written to <paramref name="output"/>.</summary>
    public static Tensor tanh_backward_out(Tensor output, Tensor gradient, Tensor result) =>
        Write(output, "aten::tanh_backward"u8, "grad_input"u8, gradient, result);

    /// <summary>The gradient of the input. It reads the input.</summary>
    public static Tensor silu_backward(Tensor gradient, Tensor x) => Call("aten::silu_backward"u8, gradient, x);

    /// <summary>The gradient of the input, written over the given one.</summary>
    public static Tensor silu_backward_(Tensor gradient, Tensor x) => silu_backward_out(gradient, gradient, x);

    /// <summary>The gradient of the input, written to <paramref name="output"/>.</summary>
    public static Tensor silu_backward_out(Tensor output, Tensor gradient, Tensor x) =>
        Write(output, "aten::silu_backward"u8, "grad_input"u8, gradient, x);

    /// <summary>The gradient of the input. It reads the input.</summary>
    public static Tensor hardswish_backward(Tensor gradient, Tensor x) => Call("aten::hardswish_backward"u8, gradient, x);

    /// <summary>The gradient of the input, written over the given one.</summary>
    public static Tensor hardswish_backward_(Tensor gradient, Tensor x) => hardswish_backward_out(gradient, gradient, x);

    /// <summary>The gradient of the input, written to <paramref name="output"/>.</summary>
    public static Tensor hardswish_backward_out(Tensor output, Tensor gradient, Tensor x) =>
        Write(output, "aten::hardswish_backward"u8, "out"u8, gradient, x);

    /// <summary>The gradient of the input. It reads the input.</summary>
    public static Tensor mish_backward(Tensor gradient, Tensor x) => Call("aten::mish_backward"u8, gradient, x);

    /// <summary>The gradient of the input. It reads the input.</summary>
    public static Tensor gelu_backward(Tensor gradient, Tensor x, string approximation)
    {
        var call = new OperatorCall(stackalloc ulong[3]);
        call.Add(gradient);
        call.Add(x);
        call.Add(approximation);
        call.Run("aten::gelu_backward"u8);
        return call.Result();
    }
}
