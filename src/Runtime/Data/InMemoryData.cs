using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Labelled samples in two tensors, in the CPU's or a GPU's memory.</summary>
public sealed class InMemoryData : ILabeledDataSource, IFurtherInputs, IDisposable
{
    private readonly Dictionary<string, Tensor> _further = [];
    private readonly Tensor _inputs;
    private readonly Tensor _labels;

    /// <summary>Takes two tensors over; they live until <see cref="Dispose"/>, whatever dispose scope is open.</summary>
    /// <param name="inputs">[N, ...].</param>
    /// <param name="labels">Classes: [N] int64, or [N, T] and [N, H, W] for one at each position. Targets of another kind:
    /// float32 or float64 (or int64, for 0 and 1) in the shape of what the model returns, or [N] where that is [N, 1]. On the
    /// same device.</param>
    /// <exception cref="ArgumentException">The shapes or the type are others, or there is no sample.</exception>
    /// <exception cref="DataMismatchException">A number is infinite or NaN; the message says where.</exception>
    public InMemoryData(Tensor inputs, Tensor labels)
    {
        BatchPart.Require(inputs, nameof(inputs));
        BatchPart.Require(labels, nameof(labels));
        if (labels.dim() == 0 || labels.dtype is not (ScalarType.Int64 or ScalarType.Float32 or ScalarType.Float64))
        {
            throw new ArgumentException(
                $"Labels are [N, ...] int64, or float32 and float64 for targets, but these are [{Shape(labels)}] "
                + $"{labels.dtype}.", nameof(labels));
        }

        if (inputs.dim() == 0 || inputs.size(0) != labels.size(0))
        {
            throw new ArgumentException(
                $"Inputs are [N, ...] with one label each, but these are [{Shape(inputs)}] with {labels.size(0)} labels.",
                nameof(inputs));
        }

        if (labels.size(0) == 0)
        {
            throw new ArgumentException("There is no sample.", nameof(inputs));
        }

        FiniteData.Require(inputs, "inputs");
        FiniteData.Require(labels, "targets");
        _inputs = inputs.DetachFromDisposeScope();
        _labels = labels.DetachFromDisposeScope();
    }

    /// <summary>All inputs, [N, ...].</summary>
    /// <exception cref="ObjectDisposedException">The data is disposed.</exception>
    public Tensor Inputs => DisposedData.Require(_inputs, this);

    /// <summary>All labels, [N, ...].</summary>
    /// <exception cref="ObjectDisposedException">The data is disposed.</exception>
    public Tensor Labels => DisposedData.Require(_labels, this);

    /// <inheritdoc/>
    public long Count => Labels.size(0);

    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices) => Select(Inputs, indices);

    /// <inheritdoc/>
    public Tensor ReadLabels(Tensor indices) => Select(Labels, indices);

    /// <inheritdoc/>
    public Tensor ReadInput(string name, Tensor indices) => _further.TryGetValue(name, out var input)
        ? Select(DisposedData.Require(input, this), indices)
        : throw new ArgumentException(
            $"There is no input '{name}'{(_further.Count == 0 ? "" : $", but {string.Join(", ", _further.Keys)}")}: add it "
            + $"by With.", nameof(name));

    /// <summary>Takes a further input over, under the name that a model gives it.</summary>
    /// <param name="name">The name in the model's declaration.</param>
    /// <param name="input">[N, ...], on the same device.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">Another number of samples, or the name is taken.</exception>
    public InMemoryData With(string name, Tensor input)
    {
        BatchPart.Require(input, name);
        if (input.dim() == 0 || input.size(0) != Count)
            throw new ArgumentException($"'{name}' is [{Shape(input)}], but there are {Count} samples.", nameof(input));
        FiniteData.Require(input, name);
        if (!_further.TryAdd(name, input)) throw new ArgumentException($"There is an input '{name}' already.", nameof(name));
        input.DetachFromDisposeScope();
        return this;
    }

    /// <summary>A copy on a device, from which batches are then read without a transfer.</summary>
    public InMemoryData To(Device device) =>
        WithAll(new(Inputs.to(device, copy: true), Labels.to(device, copy: true)), input => input.to(device, copy: true));

    /// <summary>A copy of some samples, in the order given.</summary>
    /// <param name="indices">Which, [n] int64, each in [0, Count); n at least 1.</param>
    public InMemoryData Subset(Tensor indices) =>
        WithAll(new(ReadInputs(indices), ReadLabels(indices)), input => Select(input, indices));

    /// <summary>A copy of the samples for which a condition holds, in their order.</summary>
    /// <param name="condition">The class of a sample to whether it stays.</param>
    /// <exception cref="ArgumentException">No sample stays.</exception>
    /// <exception cref="InvalidOperationException">Labels are not a class for each sample.</exception>
    public InMemoryData WhereLabel(Func<long, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var kept = ReadAllLabels().Index().Where(sample => condition(sample.Item)).Select(sample => (long)sample.Index).ToArray();
        return SubsetOf(kept);
    }

    /// <summary>Divides the samples in two at random, every class in its proportion (to the nearest whole sample).</summary>
    /// <param name="testCount">Samples of the second part, in [1, Count − 1].</param>
    /// <param name="seed">Equal seeds give equal parts.</param>
    /// <returns>Copies; the caller disposes them.</returns>
    public (InMemoryData Train, InMemoryData Test) StratifiedSplit(long testCount, long seed)
    {
        var (train, test) = Stratification.Split(ReadAllLabels(), testCount, seed);
        return (SubsetOf(train), SubsetOf(test));
    }

    /// <summary>Likewise, by the second part's share of the samples.</summary>
    /// <param name="testShare">In (0, 1).</param>
    /// <param name="seed">Equal seeds give equal parts.</param>
    /// <returns>Copies; the caller disposes them.</returns>
    public (InMemoryData Train, InMemoryData Test) StratifiedSplit(double testShare, long seed = 0) =>
        SubsetsOf(RowSplits.Stratified(ReadAllLabels(), testShare, seed));

    /// <summary>Divides the samples in two at random, whatever their labels are.</summary>
    /// <param name="testShare">The second part's share of the samples, in (0, 1); each part gets at least one.</param>
    /// <param name="seed">Equal seeds give equal parts.</param>
    /// <returns>Copies; the caller disposes them.</returns>
    public (InMemoryData Train, InMemoryData Test) Split(double testShare, long seed = 0) =>
        SubsetsOf(RowSplits.Plain(checked((int)Count), testShare, seed));

    /// <summary>A copy of some samples chosen at random, the same number of every class.</summary>
    /// <param name="count">How many in all, a multiple of the number of classes.</param>
    /// <param name="seed">Equal seeds give equal choices.</param>
    /// <exception cref="ArgumentException">The count is no multiple, or a class has too few samples.</exception>
    public InMemoryData BalancedSubset(long count, long seed) => SubsetOf(Stratification.Balanced(ReadAllLabels(), count, seed));

    /// <summary>Frees all tensors.</summary>
    public void Dispose()
    {
        _inputs.Dispose();
        _labels.Dispose();
        foreach (var input in _further.Values) input.Dispose();
    }

    private InMemoryData WithAll(InMemoryData copy, Func<Tensor, Tensor> select)
    {
        foreach (var (name, input) in _further) copy.With(name, select(input));
        return copy;
    }

    private static Tensor Select(Tensor all, Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        if (indices.device_type == all.device_type)
        {
            return all.index_select(0, indices);
        }

        using var moved = indices.to(all.device);
        return all.index_select(0, moved);
    }

    private static string Shape(Tensor tensor) => string.Join(", ", tensor.shape);

    private long[] ReadAllLabels()
    {
        if (Labels.dtype != ScalarType.Int64)
            throw new InvalidOperationException($"The samples have targets in {Labels.dtype}, and no classes.");
        if (Labels.dim() != 1)
            throw new InvalidOperationException("The samples have a label at each position, and so no class of their own.");
        using var onCpu = Labels.to(CPU, copy: true);
        return MemoryMarshal.Cast<byte, long>(onCpu.contiguous().bytes).ToArray();
    }

    private (InMemoryData Train, InMemoryData Test) SubsetsOf((int[] Train, int[] Test) parts) =>
        (SubsetOf(Array.ConvertAll(parts.Train, Convert.ToInt64)), SubsetOf(Array.ConvertAll(parts.Test, Convert.ToInt64)));

    private InMemoryData SubsetOf(long[] indices)
    {
        using var tensor = from_array(indices);
        return Subset(tensor);
    }
}
