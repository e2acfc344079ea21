using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How often classes occur.</summary>
public static class ClassFrequencies
{
    /// <summary>The share of each class in the labels of some data.</summary>
    /// <param name="data">Labels in 0, ..., K − 1; those of -100 are left out.</param>
    /// <param name="classes">Number K of classes.</param>
    /// <param name="type">Number type of the result.</param>
    /// <param name="device">Where the result lives.</param>
    /// <param name="batchSize">Labels that are read at a time, at least 1.</param>
    /// <returns>[K], summing to 1; the caller frees it.</returns>
    /// <exception cref="InvalidOperationException">There is no label, or one of another class.</exception>
    public static Tensor Count(ILabeledDataSource data, int classes, ScalarType type, Device device, int batchSize = 4096)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long[] counts = new long[classes];
        for (long first = 0; first < data.Count; first += batchSize)
        {
            using var batch = NewDisposeScope();
            var indices = Aten.arange(first, Math.Min(first + batchSize, data.Count));
            foreach (long label in data.ReadLabels(indices).cpu().data<long>())
            {
                if (label == ClassLabels.None) continue;
                if (label < 0 || label >= classes)
                    throw new InvalidOperationException(
                        $"A label is {label}, but the model tells {classes} classes apart, 0 to {classes - 1}.");
                counts[label]++;
            }
        }

        long total = counts.Sum();
        if (total == 0) throw new InvalidOperationException("No sample has a label: the classes have no frequencies.");
        return tensor(counts.Select(count => (double)count / total).ToArray(), type, device).DetachFromDisposeScope();
    }
}
