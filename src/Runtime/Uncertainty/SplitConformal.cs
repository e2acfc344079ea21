using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The threshold of split conformal prediction.</summary>
internal static class SplitConformal
{
    /// <summary>⌈(n + 1)·(1 − ε)⌉.</summary>
    /// <exception cref="DataMismatchException">It is more than n.</exception>
    public static double Rank(long count, double error)
    {
        // What rounding adds must not make it the next one: 10·(1 − 0.1) is 9.
        double rank = Math.Ceiling((count + 1) * (1 - error) - 1e-9);
        if (rank <= count) return Math.Max(rank, 1);
        throw new DataMismatchException(
            $"{count} samples promise nothing for an error of {error}: every score would be below the threshold. Calibrate on "
            + $"{Math.Ceiling((1 / error) - 1 - 1e-9)} or more, or allow a larger error.");
    }

    /// <summary>The smallest score but some, from 1.</summary>
    public static double Smallest(Tensor scores, double rank)
    {
        using var scope = NewDisposeScope();
        return Aten.item(scores.sort(0).Values[(long)rank - 1]);
    }
}
