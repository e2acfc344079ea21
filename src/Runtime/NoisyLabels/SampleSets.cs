using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Batches that are made of sets of samples, which stand side by side.</summary>
public static class SampleSets
{
    /// <summary>Refuses a batch whose samples make no sets with one label each; a wrong number of dimensions or type is left to
    /// <see cref="ClassLabels"/>.</summary>
    /// <param name="name">What errors call the labels.</param>
    /// <param name="labels">[N].</param>
    /// <param name="size">K: samples of a set, at least 1.</param>
    /// <param name="waits">Whether the look may wait for a device; else only labels in the computer's memory are looked
    /// at.</param>
    /// <exception cref="DataMismatchException">N is no multiple of K, or labels of a set differ, -100 apart.</exception>
    public static void RequireAlike(string name, Tensor labels, long size, bool waits)
    {
        BatchPart.Require(labels, name);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (labels.dim() != 1 || labels.dtype != ScalarType.Int64) return;
        if (labels.size(0) % size != 0)
        {
            throw new DataMismatchException(
                $"'{name}' is of {labels.size(0)} samples, which are no sets of {size}: let a batch be a multiple.");
        }

        if (!waits && labels.device_type != TorchSharp.DeviceType.CPU) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long[] numbers = labels.cpu().contiguous().data<long>().ToArray();
        for (int i = 0; i < numbers.Length; i++)
        {
            long other = numbers.AsSpan(i - (int)(i % size), (int)(i % size)).IndexOfAnyExcept(numbers[i], ClassLabels.None);
            if (numbers[i] == ClassLabels.None || other < 0) continue;
            long place = i - (i % size) + other;
            throw new DataMismatchException(
                $"'{name}' has {numbers[i]} at place {i} and {numbers[place]} at place {place}, but "
                + $"{size} samples of a set are labelled alike: put samples of a class side by side, as [SamplesPerClass] does.");
        }
    }

    /// <summary>The label of each set: that of its samples, or -100 where one of them has none.</summary>
    /// <param name="labels">[N] int64, alike in every set or -100.</param>
    /// <param name="size">K: samples of a set, which divides N.</param>
    /// <returns>[N/K] int64; the caller frees it.</returns>
    public static Tensor Labels(Tensor labels, long size)
    {
        ArgumentNullException.ThrowIfNull(labels);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return labels.view(-1, size).amin([1]).MoveToOuterDisposeScope();
    }
}
