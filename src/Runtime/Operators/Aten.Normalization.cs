using static TorchSharp.torch;

namespace Dsl.Runtime;

// Normalisations with what their derivatives need, and the derivatives.
public static unsafe partial class Aten
{
    /// <summary>y, and in training the mean and the inverse standard deviation of each channel; the running statistics
    /// move.</summary>
    public static (Tensor, Tensor, Tensor) native_batch_norm(
        Tensor x, Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVariance, bool training, double momentum,
        double epsilon)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (training && TryBatchNorm(x, weight, bias, runningMean, runningVariance, momentum, epsilon) is { } results)
            return results;
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

    /// <summary>y alone: by the statistics of the batch in training, else by the running ones.</summary>
    /// <param name="x">[N, C, ...].</param>
    /// <param name="runningMean">[C].</param>
    /// <param name="runningVariance">[C].</param>
    /// <param name="weight">[C].</param>
    /// <param name="bias">[C].</param>
    /// <param name="training">Whether the batch is measured, and the running statistics move.</param>
    /// <param name="momentum">How far a batch moves them.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static Tensor batch_norm(
        Tensor x, Tensor? runningMean, Tensor? runningVariance, Tensor? weight, Tensor? bias, bool training, double momentum,
        double epsilon)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (training && TryBatchNorm(x, weight, bias, runningMean, runningVariance, momentum, epsilon) is { } results)
        {
            results.Item2.Free();
            results.Item3.Free();
            return results.Item1;
        }

        return (training ? null : TryFixedNorm(x, weight, bias, runningMean, runningVariance, epsilon))
            ?? nn.functional.batch_norm(x, runningMean, runningVariance, weight, bias, training, momentum, epsilon);
    }

    /// <summary>Gradients of x, weight and bias, those that the mask asks for.</summary>
    public static (Tensor, Tensor, Tensor) native_batch_norm_backward(
        Tensor gradient, Tensor x, Tensor? weight, Tensor? runningMean, Tensor? runningVariance, Tensor? mean,
        Tensor? inverseDeviation, bool training, double epsilon, ReadOnlySpan<bool> mask)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(x);
        if (training && TryBatchNormBackward(gradient, x, weight, mean, inverseDeviation, mask) is { } results) return results;
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

    private static (Tensor, Tensor, Tensor)? TryBatchNorm(
        Tensor x, Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVariance, double momentum, double epsilon)
    {
        if (LibTorchAbi.GradModeIsEnabled() != 0 || !TryChannels(x, out var channels)
            || !TryNumbers(weight, channels, out float* weights) || !TryNumbers(bias, channels, out float* biases)
            || !TryNumbers(runningMean, channels, out float* means)
            || !TryNumbers(runningVariance, channels, out float* variances)) return null;
        Tensor y = TensorMemory.Like(x), mean = TensorMemory.Empty(channels.Count), inverse = TensorMemory.Empty(channels.Count);
        BatchNormLoop.Run(
            channels, weights, biases, new(means, variances, momentum), (float*)TensorMemory.Pointer(y),
            (float*)TensorMemory.Pointer(mean), (float*)TensorMemory.Pointer(inverse), epsilon);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        GC.KeepAlive(runningMean);
        GC.KeepAlive(runningVariance);
        return (y, mean, inverse);
    }

    private static Tensor? TryFixedNorm(
        Tensor x, Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVariance, double epsilon)
    {
        if (LibTorchAbi.GradModeIsEnabled() != 0 || runningMean is null || runningVariance is null
            || !TryChannels(x, out var channels)
            || !TryNumbers(weight, channels, out float* weights) || !TryNumbers(bias, channels, out float* biases)
            || !TryNumbers(runningMean, channels, out float* means)
            || !TryNumbers(runningVariance, channels, out float* variances)) return null;
        var y = TensorMemory.Like(x);
        BatchNormLoop.RunFixed(channels, weights, biases, means, variances, (float*)TensorMemory.Pointer(y), epsilon);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        GC.KeepAlive(runningMean);
        GC.KeepAlive(runningVariance);
        return y;
    }

    private static (Tensor, Tensor, Tensor)? TryBatchNormBackward(
        Tensor gradient, Tensor x, Tensor? weight, Tensor? mean, Tensor? inverseDeviation, ReadOnlySpan<bool> mask)
    {
        if (LibTorchAbi.GradModeIsEnabled() != 0 || mean is null || inverseDeviation is null
            || !TryChannels(x, out var channels) || !TensorLayout.TryOf(gradient, out var gradients)
            || !TensorLayout.TryOf(x, out var values) || !gradients.Sizes.SequenceEqual(values.Sizes)
            || !TryNumbers(weight, channels, out float* weights) || !TryNumbers(mean, channels, out float* means)
            || !TryNumbers(inverseDeviation, channels, out float* inverses)) return null;

        // A gradient may be one number for a whole image.
        using Tensor? plain = gradients.IsPlain ? null : gradient.contiguous();
        Tensor? ofX = mask[0] ? TensorMemory.Like(x) : null;
        Tensor? ofWeight = mask[1] ? TensorMemory.Empty(channels.Count) : null;
        Tensor? ofBias = mask[2] ? TensorMemory.Empty(channels.Count) : null;
        BatchNormLoop.RunBackward(
            channels, gradients.IsPlain ? gradients.Data : (float*)TensorMemory.Pointer(plain!), weights, means, inverses,
            PointerOrNull(ofX), PointerOrNull(ofWeight), PointerOrNull(ofBias));
        GC.KeepAlive(gradient);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(mean);
        GC.KeepAlive(inverseDeviation);
        return (ofX!, ofWeight!, ofBias!);
    }

    private static float* PointerOrNull(Tensor? tensor) => tensor is null ? null : (float*)TensorMemory.Pointer(tensor);

    // [N, C, ...] without gaps, with planes that are worth a loop and more than one number for each channel.
    private static bool TryChannels(Tensor x, out BatchNormLoop.Channels channels)
    {
        channels = default;
        if (!TensorLayout.TryOf(x, out var layout) || layout.Rank < 3 || !layout.IsPlain) return false;
        long size = 1;
        foreach (long length in layout.Sizes[2..]) size *= length;
        channels = new BatchNormLoop.Channels(layout.Data, layout.Sizes[0], layout.Sizes[1], size);
        return size >= BatchNormLoop.Channels.LeastSize && layout.Sizes[0] > 0 && layout.Sizes[1] > 0;
    }

    // One number for each channel, or null.
    private static bool TryNumbers(Tensor? tensor, in BatchNormLoop.Channels channels, out float* numbers)
    {
        numbers = null;
        if (tensor is null) return true;
        if (!TensorLayout.TryOf(tensor, out var layout) || layout.Rank != 1 || layout.Sizes[0] != channels.Count
            || !layout.IsPlain) return false;
        numbers = layout.Data;
        return true;
    }

    /// <summary>y, and the mean and the inverse standard deviation over the last dimensions.</summary>
    public static (Tensor, Tensor, Tensor) native_layer_norm(
        Tensor x, ReadOnlySpan<long> sizes, Tensor? weight, Tensor? bias, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (TryLayerNorm(x, sizes, weight, bias, epsilon) is { } results) return results;
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
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(x);
        if (TryLayerNormBackward(gradient, x, sizes, mean, inverseDeviation, weight, mask) is { } results) return results;
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

    private static (Tensor, Tensor, Tensor)? TryLayerNorm(
        Tensor x, ReadOnlySpan<long> sizes, Tensor? weight, Tensor? bias, double epsilon)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var layout) || !TryRows(layout, sizes, out var rows)
            || !TryNumbers(weight, sizes, out float* weights) || !TryNumbers(bias, sizes, out float* biases)) return null;
        Span<long> each = stackalloc long[layout.Rank];
        layout.Sizes.CopyTo(each);
        each[^sizes.Length..].Fill(1);
        Tensor y = TensorMemory.Empty(layout.Sizes), mean = TensorMemory.Empty(each), inverse = TensorMemory.Empty(each);
        LayerNormLoop.RunForward(
            rows, weights, biases, epsilon, (float*)TensorMemory.Pointer(y), (float*)TensorMemory.Pointer(mean),
            (float*)TensorMemory.Pointer(inverse));
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        return (y, mean, inverse);
    }

    private static (Tensor, Tensor, Tensor)? TryLayerNormBackward(
        Tensor gradient, Tensor x, ReadOnlySpan<long> sizes, Tensor mean, Tensor inverseDeviation, Tensor? weight,
        ReadOnlySpan<bool> mask)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var layout) || !TryRows(layout, sizes, out var rows)
            || !TensorLayout.TryOf(gradient, out var gradients) || !gradients.Sizes.SequenceEqual(layout.Sizes)
            || !TensorLayout.TryOf(mean, out var means) || !means.IsPlain || means.Count != rows.Rows
            || !TensorLayout.TryOf(inverseDeviation, out var inverses) || !inverses.IsPlain || inverses.Count != rows.Rows
            || !TryNumbers(weight, sizes, out float* weights)) return null;

        // A gradient may be one number for a whole row.
        using Tensor? plain = gradients.IsPlain ? null : gradient.contiguous();
        Tensor? ofX = mask[0] ? TensorMemory.Empty(layout.Sizes) : null;
        Tensor? ofWeight = mask[1] ? TensorMemory.Empty(sizes) : null;
        Tensor? ofBias = mask[2] ? TensorMemory.Empty(sizes) : null;
        LayerNormLoop.RunBackward(
            rows, gradients.IsPlain ? gradients.Data : (float*)TensorMemory.Pointer(plain!), weights, means.Data, inverses.Data,
            PointerOrNull(ofX), PointerOrNull(ofWeight), PointerOrNull(ofBias));
        GC.KeepAlive(gradient);
        GC.KeepAlive(x);
        GC.KeepAlive(mean);
        GC.KeepAlive(inverseDeviation);
        GC.KeepAlive(weight);
        return (ofX!, ofWeight!, ofBias!);
    }

    // [..., sizes] as rows without gaps; of none, and of none in a row, libtorch knows what to make.
    private static bool TryRows(in TensorLayout x, ReadOnlySpan<long> sizes, out LayerNormLoop.Matrix rows)
    {
        rows = default;
        if (sizes.Length > x.Rank || !x.IsPlain || !x.Sizes[^sizes.Length..].SequenceEqual(sizes)) return false;
        long columns = 1, count = x.Count;
        foreach (long size in sizes) columns *= size;
        if (count == 0 || sizes.IsEmpty || columns > LayerNormLoop.MostColumns) return false;
        rows = new LayerNormLoop.Matrix(x.Data, count / columns, columns);
        return true;
    }

    // One number for each place of a row, or null.
    private static bool TryNumbers(Tensor? tensor, ReadOnlySpan<long> sizes, out float* numbers)
    {
        numbers = null;
        if (tensor is null) return true;
        if (!TensorLayout.TryOf(tensor, out var layout) || !layout.IsPlain || !layout.Sizes.SequenceEqual(sizes)) return false;
        numbers = layout.Data;
        return true;
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
