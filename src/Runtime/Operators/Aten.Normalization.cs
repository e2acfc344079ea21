using static TorchSharp.torch;

namespace Dsl.Runtime;

// Normalisations with what their derivatives need, and the derivatives.
public static partial class Aten
{
    /// <summary>y, and in training the mean and the inverse standard deviation of each channel; the running statistics
    /// move.</summary>
    public static (Tensor, Tensor, Tensor) native_batch_norm(
        Tensor x, Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVariance, bool training, double momentum,
        double epsilon)
    {
        var call = new OperatorCall(stackalloc ulong[8]);
        call.Add(x);
        call.AddOptional(weight);
        call.AddOptional(bias);
        call.AddOptional(runningMean);
        call.AddOptional(runningVariance);
        call.Add(training);
        call.Add(momentum);
        call.Add(epsilon);
        call.Run("aten::native_batch_norm"u8);
        return (call.Result(0)!, call.Result(1)!, call.Result(2)!);
    }

    /// <summary>Gradients of x, weight and bias, those that the mask asks for.</summary>
    public static (Tensor, Tensor, Tensor) native_batch_norm_backward(
        Tensor gradient, Tensor x, Tensor? weight, Tensor? runningMean, Tensor? runningVariance, Tensor? mean,
        Tensor? inverseDeviation, bool training, double epsilon, ReadOnlySpan<bool> mask)
    {
        var call = new OperatorCall(stackalloc ulong[10]);
        call.Add(gradient);
        call.Add(x);
        call.AddOptional(weight);
        call.AddOptional(runningMean);
        call.AddOptional(runningVariance);
        call.AddOptional(mean);
        call.AddOptional(inverseDeviation);
        call.Add(training);
        call.Add(epsilon);
        call.Add(mask);
        call.Run("aten::native_batch_norm_backward"u8);
        return (call.Result(0)!, call.Result(1)!, call.Result(2)!);
    }

    /// <summary>y, and the mean and the inverse standard deviation over the last dimensions.</summary>
    public static (Tensor, Tensor, Tensor) native_layer_norm(
        Tensor x, ReadOnlySpan<long> sizes, Tensor? weight, Tensor? bias, double epsilon)
    {
        var call = new OperatorCall(stackalloc ulong[5]);
        call.Add(x);
        call.Add(sizes);
        call.AddOptional(weight);
        call.AddOptional(bias);
        call.Add(epsilon);
        call.Run("aten::native_layer_norm"u8);
        return (call.Result(0)!, call.Result(1)!, call.Result(2)!);
    }

    /// <summary>Gradients of x, weight and bias, those that the mask asks for.</summary>
    public static (Tensor, Tensor, Tensor) native_layer_norm_backward(
        Tensor gradient, Tensor x, ReadOnlySpan<long> sizes, Tensor mean, Tensor inverseDeviation, Tensor? weight, Tensor? bias,
        ReadOnlySpan<bool> mask)
    {
        var call = new OperatorCall(stackalloc ulong[8]);
        call.Add(gradient);
        call.Add(x);
        call.Add(sizes);
        call.Add(mean);
        call.Add(inverseDeviation);
        call.AddOptional(weight);
        call.AddOptional(bias);
        call.Add(mask);
        call.Run("aten::native_layer_norm_backward"u8);
        return (call.Result(0)!, call.Result(1)!, call.Result(2)!);
    }

    /// <summary>y, and the mean and the inverse standard deviation of each group.</summary>
    public static (Tensor, Tensor, Tensor) native_group_norm(
        Tensor x, Tensor? weight, Tensor? bias, long samples, long channels, long places, long groups, double epsilon)
    {
        var call = new OperatorCall(stackalloc ulong[8]);
        call.Add(x);
        call.AddOptional(weight);
        call.AddOptional(bias);
        call.Add(samples);
        call.Add(channels);
        call.Add(places);
        call.Add(groups);
        call.Add(epsilon);
        call.Run("aten::native_group_norm"u8);
        return (call.Result(0)!, call.Result(1)!, call.Result(2)!);
    }

    /// <summary>Gradients of x, weight and bias, those that the mask asks for.</summary>
    public static (Tensor, Tensor, Tensor) native_group_norm_backward(
        Tensor gradient, Tensor x, Tensor mean, Tensor inverseDeviation, Tensor? weight, long samples, long channels,
        long places, long groups, ReadOnlySpan<bool> mask)
    {
        var call = new OperatorCall(stackalloc ulong[10]);
        call.Add(gradient);
        call.Add(x);
        call.Add(mean);
        call.Add(inverseDeviation);
        call.AddOptional(weight);
        call.Add(samples);
        call.Add(channels);
        call.Add(places);
        call.Add(groups);
        call.Add(mask);
        call.Run("aten::native_group_norm_backward"u8);
        return (call.Result(0)!, call.Result(1)!, call.Result(2)!);
    }
}
