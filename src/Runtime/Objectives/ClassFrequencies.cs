using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How often classes occur, and what is made of it.</summary>
public static class ClassFrequencies
{
    /// <summary>How many labels of each class some data have.</summary>
    /// <param name="data">Labels in 0, ..., K − 1; those of -100 are left out.</param>
    /// <param name="classes">Number K of classes.</param>
    /// <param name="batchSize">Labels that are read at a time, at least 1.</param>
    /// <returns>A number for each class.</returns>
    /// <exception cref="InvalidOperationException">There is no label, or one of another class.</exception>
    public static IReadOnlyList<long> Numbers(ILabeledDataSource data, int classes, int batchSize = 4096)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
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

        return counts.Sum() > 0 ? counts
            : throw new InvalidOperationException("No sample has a label: the classes have no frequencies.");
    }

    /// <summary>The share of each class in the labels of some data.</summary>
    /// <param name="data">Labels in 0, ..., K − 1; those of -100 are left out.</param>
    /// <param name="classes">Number K of classes.</param>
    /// <param name="type">Number type of the result.</param>
    /// <param name="device">Where the result lives.</param>
    /// <param name="batchSize">Labels that are read at a time, at least 1.</param>
    /// <returns>[K], summing to 1; the caller frees it.</returns>
    /// <exception cref="InvalidOperationException">There is no label, or one of another class.</exception>
    public static Tensor Count(ILabeledDataSource data, int classes, ScalarType type, Device device, int batchSize = 4096) =>
        Of(Shares(Numbers(data, classes, batchSize)), type, device);

    /// <summary>log π: the logarithm of each class's share in the labels of some data.</summary>
    /// <param name="data">Labels in 0, ..., K − 1; those of -100 are left out.</param>
    /// <param name="classes">Number K of classes.</param>
    /// <param name="type">Number type of the result.</param>
    /// <param name="device">Where the result lives.</param>
    /// <returns>[K]; the caller frees it.</returns>
    /// <exception cref="InvalidOperationException">There is no label, one of another class, or a class without one.</exception>
    public static Tensor Logarithms(ILabeledDataSource data, int classes, ScalarType type, Device device)
    {
        var counts = Numbers(data, classes);
        RequireAll(counts, "no logarithm of its frequency");
        return Of(Shares(counts).Select(share => Math.Log(share)), type, device);
    }

    /// <summary>Weights by the effective number of samples, (1 − β)/(1 − β^n_j), which sum to K (Cui et al. 2019, arXiv
    /// 1901.05555, equation 8).</summary>
    /// <param name="data">Labels in 0, ..., K − 1; those of -100 are left out.</param>
    /// <param name="classes">Number K of classes.</param>
    /// <param name="beta">β, in [0, 1]; at 1 a weight is proportional to 1/n_j.</param>
    /// <param name="type">Number type of the result.</param>
    /// <param name="device">Where the result lives.</param>
    /// <returns>[K], 0 for a class without a label; the caller frees it.</returns>
    /// <exception cref="InvalidOperationException">There is no label, or one of another class.</exception>
    public static Tensor EffectiveWeights(
        ILabeledDataSource data, int classes, double beta, ScalarType type, Device device)
    {
        Hyperparameter.Check(beta, "[0, 1]", nameof(beta));
        double[] weights = [.. Numbers(data, classes).Select(count => count == 0 ? 0 : Effective(count))];
        double sum = weights.Sum();
        return Of(weights.Select(weight => classes * weight / sum), type, device);

        double Effective(long count) => beta == 1 ? 1.0 / count : (1 - beta) / (1 - Math.Pow(beta, count));
    }

    /// <summary>(n_min/n_j)^(1/4): how large each class's margin is beside that of the rarest one (Cao et al. 2019, arXiv
    /// 1906.07413, equation 13).</summary>
    /// <param name="data">Labels in 0, ..., K − 1; those of -100 are left out.</param>
    /// <param name="classes">Number K of classes.</param>
    /// <param name="type">Number type of the result.</param>
    /// <param name="device">Where the result lives.</param>
    /// <returns>[K], at most 1; the caller frees it.</returns>
    /// <exception cref="InvalidOperationException">There is no label, one of another class, or a class without one.</exception>
    public static Tensor Margins(ILabeledDataSource data, int classes, ScalarType type, Device device)
    {
        var counts = Numbers(data, classes);
        RequireAll(counts, "no margin");
        double least = counts.Min();
        return Of(counts.Select(count => Math.Pow(least / count, 0.25)), type, device);
    }

    private static IEnumerable<double> Shares(IReadOnlyList<long> counts)
    {
        long total = counts.Sum();
        return counts.Select(count => (double)count / total);
    }

    private static void RequireAll(IReadOnlyList<long> counts, string what)
    {
        int missing = counts.ToList().IndexOf(0);
        if (missing < 0) return;
        throw new InvalidOperationException(
            $"Class {missing} has no sample in the data, and so {what}: give samples of it, or leave the class out of the "
            + "model.");
    }

    private static Tensor Of(IEnumerable<double> numbers, ScalarType type, Device device) =>
        tensor(numbers.ToArray(), type, device).DetachFromDisposeScope();
}
