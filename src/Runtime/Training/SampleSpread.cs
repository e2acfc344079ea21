using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// How far the samples of a generator are spread beside the data: the root of their variance over a batch, the mean over their
/// numbers, in units of the data's. It is near 1 where samples vary as the data do, and 0 where all have become one, as a
/// generator's do that has collapsed (Goodfellow 2016, arXiv 1701.00160, section 5.1.1). Samples of a few modes are spread, too.
/// </summary>
public static class SampleSpread
{
    /// <summary>What the mean over an epoch falls below where samples have collapsed.</summary>
    public const double Collapsed = 0.1;

    /// <summary>The spread of some samples.</summary>
    /// <param name="samples">[N, ...], of a generator.</param>
    /// <param name="data">[M, ...], of the same shape but for M.</param>
    /// <returns>A number without dimensions, NaN of one sample; the caller frees it.</returns>
    public static Tensor Of(Tensor samples, Tensor data)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(data);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return (Variance(samples) / Variance(data)).sqrt().MoveToOuterDisposeScope();
    }

    private static Tensor Variance(Tensor samples) => samples.detach().flatten(1).var(0).mean();
}
