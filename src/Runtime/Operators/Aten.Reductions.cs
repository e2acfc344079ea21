using static TorchSharp.torch;

namespace Dsl.Runtime;

// Sums and means.
public static partial class Aten
{
    /// <summary>The sum over all elements, without dimensions.</summary>
    public static Tensor sum(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ReductionLoop.TryAll(x, mean: false) ?? x.sum();
    }

    /// <summary>The mean over all elements, without dimensions.</summary>
    public static Tensor mean(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return ReductionLoop.TryAll(x, mean: true) ?? x.mean();
    }

    /// <summary>The sum over some dimensions.</summary>
    /// <param name="x">Of any shape.</param>
    /// <param name="dimensions">Which, in increasing order.</param>
    /// <param name="keep">Whether they stay, with size 1.</param>
    public static Tensor sum(Tensor x, ReadOnlySpan<long> dimensions, bool keep = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return TryReduce(x, dimensions, keep, mean: false) ?? x.sum(dimensions.ToArray(), keep);
    }

    /// <summary>The mean over some dimensions.</summary>
    /// <inheritdoc cref="sum(Tensor, ReadOnlySpan{long}, bool)"/>
    public static Tensor mean(Tensor x, ReadOnlySpan<long> dimensions, bool keep = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        return TryReduce(x, dimensions, keep, mean: true) ?? x.mean(dimensions.ToArray(), keep);
    }

    private static Tensor? TryReduce(Tensor x, ReadOnlySpan<long> dimensions, bool keep, bool mean)
    {
        if (dimensions.IsEmpty) return null;
        int apart = 0;
        for (int i = 1; i < dimensions.Length; i++)
            if (dimensions[i] != dimensions[i - 1] + 1) apart = apart == 0 ? i : -1;
        return apart switch
        {
            0 => ReductionLoop.TryRun(x, (int)dimensions[0], (int)dimensions[^1] + 1, keep, mean),
            1 when dimensions[0] == 0 => ReductionLoop.TryChannels(x, (int)dimensions[1], (int)dimensions[^1] + 1, keep, mean),
            _ => null,
        };
    }
}
