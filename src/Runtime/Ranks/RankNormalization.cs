using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Batch normalisation in training of a batch of which each rank has a part: mean and variance of each channel are those of all
/// parts together, as one process would measure them. Sums are of 64 bits. Where one process trains it is the usual
/// normalisation.
/// </summary>
/// <remarks>Each call is a meeting of the ranks. Those of the trainer that is at work on this thread meet.</remarks>
public static class RankNormalization
{
    /// <summary>y = (x − mean)·inverse·weight + bias, and mean and inverse deviation of the whole batch; the running
    /// statistics move.</summary>
    /// <param name="x">This rank's part, [N, C, ...].</param>
    /// <param name="weight">[C].</param>
    /// <param name="bias">[C].</param>
    /// <param name="runningMean">[C].</param>
    /// <param name="runningVariance">[C], without bias.</param>
    /// <param name="momentum">The share of this batch in the running statistics.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <returns>y [N, C, ...], mean [C], inverse deviation [C]; the caller frees them.</returns>
    public static (Tensor, Tensor, Tensor) Forward(
        Tensor x, Tensor weight, Tensor bias, Tensor runningMean, Tensor runningVariance, double momentum, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (RankGroup.AtWork is not { Count: > 1 } ranks)
            return Aten.native_batch_norm(x, weight, bias, runningMean, runningVariance, true, momentum, epsilon);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (mean, variance, count) = Measure(x, ranks.Summed);
        Move(runningMean, runningVariance, mean, variance, count, momentum);
        Tensor inverse = Aten.add(variance, epsilon).rsqrt().to_type(x.dtype);
        mean = mean.to_type(x.dtype);
        Tensor y = Aten.add_((x - Along(mean, x)) * Along(inverse * weight, x), Along(bias, x));
        return (y.MoveToOuterDisposeScope(), mean.MoveToOuterDisposeScope(), inverse.MoveToOuterDisposeScope());
    }

    /// <summary>The gradients of x, of this rank's part, and of weight and bias, this rank's share of them.</summary>
    /// <param name="gradient">Of y, [N, C, ...].</param>
    /// <param name="x">This rank's part, [N, C, ...].</param>
    /// <param name="weight">[C].</param>
    /// <param name="mean">[C], as <see cref="Forward"/> returned it.</param>
    /// <param name="inverse">[C], likewise.</param>
    public static (Tensor, Tensor, Tensor) Backward(Tensor gradient, Tensor x, Tensor weight, Tensor mean, Tensor inverse)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(inverse);
        if (RankGroup.AtWork is not { Count: > 1 } ranks)
        {
            return Aten.native_batch_norm_backward(
                gradient, x, weight, null, null, mean, inverse, true, 0, [true, true, true]);
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long channels = x.size(1);
        Tensor normalized = (x - Along(mean, x)) * Along(inverse, x);
        Tensor ofBias = PerChannel(gradient), ofWeight = PerChannel(gradient * normalized);
        Tensor sums = ranks.Summed(cat([ofBias, ofWeight, Count(x)]));
        Tensor means = (sums.narrow(0, 0, 2 * channels) / sums[2 * channels]).to_type(x.dtype);
        Tensor ofX = (gradient - Along(means.narrow(0, 0, channels), x)
            - (normalized * Along(means.narrow(0, channels, channels), x))) * Along(inverse * weight, x);
        return (ofX.MoveToOuterDisposeScope(), ofWeight.to_type(x.dtype).MoveToOuterDisposeScope(),
            ofBias.to_type(x.dtype).MoveToOuterDisposeScope());
    }

    /// <summary>The same under libtorch's autograd; in evaluation by the running statistics.</summary>
    /// <inheritdoc cref="Forward"/>
    public static Tensor Apply(
        Tensor x, Tensor runningMean, Tensor runningVariance, Tensor weight, Tensor bias, bool training, double momentum,
        double epsilon)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!training || RankGroup.AtWork is not { Count: > 1 })
        {
            return nn.functional.batch_norm(
                x, runningMean, runningVariance, weight, bias, training, momentum, epsilon);
        }

        using var scope = NewDisposeScope();
        var (mean, variance, count) = Measure(x, RankSum.apply);
        using (no_grad()) Move(runningMean, runningVariance, mean, variance, count, momentum);
        Tensor inverse = Aten.add(variance, epsilon).rsqrt().to_type(x.dtype);
        Tensor y = Aten.add((x - Along(mean.to_type(x.dtype), x)) * Along(inverse * weight, x), Along(bias, x));
        return y.MoveToOuterDisposeScope();
    }

    // Mean and variance of each channel, and how many numbers of a channel all ranks have.
    private static (Tensor Mean, Tensor Variance, Tensor Count) Measure(Tensor x, Func<Tensor, Tensor> sum)
    {
        long channels = x.size(1);
        Tensor sums = sum(cat([PerChannel(x), Count(x)])), count = sums[channels].detach();
        Tensor mean = sums.narrow(0, 0, channels) / count;
        Tensor centred = x - Along(mean.to_type(x.dtype), x);
        return (mean, sum(PerChannel(centred * centred)) / count, count);
    }

    private static void Move(
        Tensor runningMean, Tensor runningVariance, Tensor mean, Tensor variance, Tensor count, double momentum)
    {
        Tensor unbiased = variance * count / Aten.add(count, -1);
        runningMean.lerp_(mean.to_type(runningMean.dtype), momentum);
        runningVariance.lerp_(unbiased.to_type(runningVariance.dtype), momentum);
    }

    // [C] for a place in each [N, C, ...].
    private static Tensor Along(Tensor ofChannels, Tensor x) =>
        ofChannels.view([-1, .. Enumerable.Repeat(1L, (int)x.dim() - 2)]);

    private static Tensor PerChannel(Tensor x) =>
        x.sum([0, .. Enumerable.Range(2, (int)x.dim() - 2).Select(i => (long)i)], type: ScalarType.Float64);

    private static Tensor Count(Tensor x) => tensor([(double)(x.numel() / x.size(1))], device: x.device);

    // What all ranks sum is changed by each: its gradient is the sum of theirs. The backward pass of a GPU runs on a thread of
    // libtorch's, on which no trainer is at work.
    private sealed class RankSum : autograd.SingleTensorFunction<RankSum>
    {
        private const string Ranks = "ranks";

        public override string Name => nameof(RankSum);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var ranks = RankGroup.AtWork!;
            ctx.save_data(Ranks, ranks);
            return ranks.Summed((Tensor)vars[0]);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [((RankGroup)ctx.get_data(Ranks)).Summed(grad_output)];

        public static Tensor apply(Tensor values) => autograd.SingleTensorFunction<RankSum>.apply(values);
    }
}
