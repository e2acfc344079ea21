using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Samples that lie in two tensors.</summary>
public sealed class InMemoryData : ILabeledDataSource, IDisposable
{
    /// <summary>Samples and their labels; the data owns the tensors.</summary>
    /// <param name="inputs">[N, ...].</param>
    /// <param name="labels">[N], int64.</param>
    public InMemoryData(Tensor inputs, Tensor labels)
    {
        if (labels.dtype != ScalarType.Int64 || labels.dim() != 1)
            throw new ArgumentException($"Labels are [N] of type Int64, not [{string.Join(", ", labels.shape)}] of type {labels.dtype}.", nameof(labels));
        if (inputs.dim() < 1 || inputs.size(0) != labels.size(0))
        {
            throw new ArgumentException(
                $"Inputs [{string.Join(", ", inputs.shape)}] and labels [{labels.size(0)}] must have the same number of samples.", nameof(inputs));
        }

        Inputs = inputs.DetachFromDisposeScope();
        Labels = labels.DetachFromDisposeScope();
    }

    /// <summary>All inputs [N, ...].</summary>
    public Tensor Inputs { get; }

    /// <summary>All labels [N], int64.</summary>
    public Tensor Labels { get; }

    /// <inheritdoc/>
    public long Count => Labels.size(0);

    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices) => Read(Inputs, indices);

    /// <inheritdoc/>
    public Tensor ReadLabels(Tensor indices) => Read(Labels, indices);

    /// <summary>A copy of some samples.</summary>
    /// <param name="indices">Positions [M], int64.</param>
    public InMemoryData Subset(Tensor indices) => new(ReadInputs(indices), ReadLabels(indices));

    /// <summary>A copy on another device, from which batches are read without a transfer.</summary>
    public InMemoryData To(Device device) => new(Inputs.to(device, copy: true), Labels.to(device, copy: true));

    /// <summary>
    /// Two parts in which every class has (up to rounding) the share that it has in the whole.
    /// </summary>
    /// <param name="testCount">Samples in the second part, in [1, N).</param>
    /// <param name="seed">Decides who goes where.</param>
    public (InMemoryData Train, InMemoryData Test) StratifiedSplit(int testCount, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(testCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(testCount, Count);
        var labels = Labels.data<long>().ToArray();
        var random = Shuffled(labels.Length, seed);
        var byClass = random.GroupBy(index => labels[index]).OrderBy(group => group.Key).Select(group => group.ToList()).ToList();

        // Largest remainders: the parts of the classes add up to exactly the number asked for.
        var shares = byClass.Select(group => (double)group.Count * testCount / labels.Length).ToList();
        var taken = shares.Select(share => (int)share).ToList();
        foreach (int k in Enumerable.Range(0, shares.Count).OrderByDescending(k => shares[k] - taken[k]).Take(testCount - taken.Sum())) taken[k]++;
        var test = byClass.SelectMany((group, k) => group.Take(taken[k])).ToHashSet();
        return (Part(random.Where(index => !test.Contains(index))), Part(random.Where(test.Contains)));
    }

    /// <summary>The same number of samples of every class, and all the others.</summary>
    /// <param name="count">Samples in the first part, a multiple of the number of classes.</param>
    /// <param name="seed">Decides who goes where.</param>
    public (InMemoryData Chosen, InMemoryData Rest) Balanced(int count, long seed)
    {
        var labels = Labels.data<long>().ToArray();
        int classes = labels.Distinct().Count();
        if (count < classes || count % classes != 0)
            throw new ArgumentException($"{count} samples cannot be shared out evenly among {classes} classes.", nameof(count));
        var random = Shuffled(labels.Length, seed);
        var chosen = random.GroupBy(index => labels[index]).SelectMany(group => group.Take(count / classes)).ToHashSet();
        if (chosen.Count != count)
            throw new ArgumentException($"A class has fewer than {count / classes} samples.", nameof(count));
        return (Part(random.Where(chosen.Contains)), Part(random.Where(index => !chosen.Contains(index))));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Labels.Dispose();
    }

    private static long[] Shuffled(int count, long seed)
    {
        using var stream = new RandomStream(seed, "split");
        using var order = randperm(count, ScalarType.Int64, CPU, generator: stream.At(0));
        return order.data<long>().ToArray();
    }

    private InMemoryData Part(IEnumerable<long> indices)
    {
        using var positions = tensor(indices.ToArray());
        return Subset(positions);
    }

    private static Tensor Read(Tensor tensor, Tensor indices)
    {
        if (tensor.device_type == indices.device_type) return tensor.index_select(0, indices);
        using var moved = indices.to(tensor.device);
        return tensor.index_select(0, moved);
    }
}
