using static TorchSharp.torch;

namespace Dsl.Runtime;

// Convolutions of any number of spatial dimensions.
public static partial class Aten
{
    /// <summary>Gradients of x, weight and bias, those that the mask asks for; without a bias its sizes are empty.</summary>
    public static (Tensor, Tensor, Tensor) convolution_backward(
        Tensor gradient, Tensor x, Tensor weight, ReadOnlySpan<long> biasSizes, ReadOnlySpan<long> stride,
        ReadOnlySpan<long> padding, ReadOnlySpan<long> dilation, bool transposed, ReadOnlySpan<long> outputPadding, long groups,
        ReadOnlySpan<bool> mask)
    {
        var call = new OperatorCall(stackalloc ulong[11]);
        call.Add(gradient);
        call.Add(x);
        call.Add(weight);
        call.AddOptional(biasSizes);
        call.Add(stride);
        call.Add(padding);
        call.Add(dilation);
        call.Add(transposed);
        call.Add(outputPadding);
        call.Add(groups);
        call.Add(mask);
        call.Run("aten::convolution_backward"u8);
        return (call.Result(0)!, call.Result(1)!, call.Result(2)!);
    }
}
