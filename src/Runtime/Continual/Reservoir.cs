using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Samples of a stream of unknown length, each of which is kept with the same probability: algorithm R (Vitter 1985, "Random
/// sampling with a reservoir"). They are replayed behind the samples of later batches.
/// </summary>
public sealed class Reservoir : IDisposable
{
    private Tensor? _drawn;
    private long _drawnFrom = -1;

    /// <summary>An empty reservoir.</summary>
    /// <param name="capacity">C: how many samples are kept, at least 1.</param>
    /// <param name="inputType">The inputs' number type.</param>
    /// <param name="input">The sizes of an input.</param>
    /// <param name="labelType">The labels' number type.</param>
    /// <param name="label">The sizes of a label; none for a class.</param>
    public Reservoir(long capacity, ScalarType inputType, long[] input, ScalarType labelType, long[] label)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(label);
        Inputs = zeros([capacity, .. input], inputType).DetachFromDisposeScope();
        Labels = zeros([capacity, .. label], labelType).DetachFromDisposeScope();
        Offered = zeros([], ScalarType.Int64).DetachFromDisposeScope();
    }

    /// <summary>The inputs by their places, [C, ...] on the CPU; zeros where none has come. The tensor is the
    /// reservoir's.</summary>
    public Tensor Inputs { get; }

    /// <summary>Their labels, [C, ...]. The tensor is the reservoir's.</summary>
    public Tensor Labels { get; }

    /// <summary>How many samples were ever offered, int64 without dimensions. The tensor is the reservoir's.</summary>
    public Tensor Offered { get; }

    /// <summary>How many places are taken.</summary>
    public long Count => Math.Min(Seen, Inputs.size(0));

    private long Seen
    {
        get => MemoryMarshal.Cast<byte, long>(Offered.bytes)[0];
        set => MemoryMarshal.Cast<byte, long>(Offered.bytes)[0] = value;
    }

    /// <summary>Offers every sample of some data, in their order.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="seed">Decides which are kept, with the number of samples that were offered before.</param>
    /// <exception cref="DataMismatchException">They are of other sizes than those that are kept.</exception>
    public void Add(ILabeledDataSource data, long seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var stream = new RandomStream(seed, "reservoir");
        var random = stream.OnHost(Seen);
        var kept = new SortedDictionary<long, long>();
        for (long i = 0; i < data.Count; i++)
        {
            // The n-th sample, from 0, takes a free place, or with probability C/(n + 1) that of another one.
            long n = Seen + i;
            long place = n < Inputs.size(0) ? n : (long)(random.Uniform() * (n + 1));
            if (place < Inputs.size(0)) kept[place] = i;
        }

        if (kept.Count > 0)
        {
            Tensor places = from_array(kept.Keys.ToArray()), samples = from_array(kept.Values.ToArray());
            Put(Inputs, places, data.ReadInputs(samples), "inputs");
            Put(Labels, places, data.ReadLabels(samples), "labels");
        }

        Seen += data.Count;
    }

    /// <summary>The inputs of a batch, and behind them those of samples that are drawn from the reservoir.</summary>
    /// <param name="inputs">[N, ...]; it is freed where it is not what is returned.</param>
    /// <param name="samples">M: how many are drawn, without repetition; all where there are fewer.</param>
    /// <param name="seed">Of the draw.</param>
    /// <param name="step">The step that the draw is for.</param>
    /// <returns>[N + M, ...]; the caller frees it.</returns>
    public Tensor WithInputs(Tensor inputs, long samples, long seed, long step)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        Forget();
        _drawnFrom = step;
        if (Count == 0 || samples == 0) return inputs;
        using var stream = new RandomStream(seed, "rehearsal");
        using (NewDisposeScope())
        {
            _drawn = randperm(Count, ScalarType.Int64, generator: stream.At(step))
                .narrow(0, 0, Math.Min(samples, Count)).clone().DetachFromDisposeScope();
        }

        return With(inputs, Inputs, _drawn, "inputs");
    }

    /// <summary>The labels of a batch, and behind them those of the samples that the inputs of the same step have.</summary>
    /// <param name="labels">[N, ...]; it is freed where it is not what is returned.</param>
    /// <param name="step">The step that the draw was for.</param>
    /// <returns>[N + M, ...]; the caller frees it.</returns>
    /// <exception cref="InvalidOperationException">The inputs of the step were not asked for before.</exception>
    public Tensor WithLabels(Tensor labels, long step)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (_drawnFrom != step)
            throw new InvalidOperationException($"No samples were drawn for step {step}: ask for its inputs first.");
        return _drawn is null ? labels : With(labels, Labels, _drawn, "labels");
    }

    /// <summary>The inputs of samples that are drawn from the reservoir.</summary>
    /// <param name="samples">M: how many are drawn, without repetition; all where there are fewer.</param>
    /// <param name="seed">Of the draw.</param>
    /// <param name="step">The step that the draw is for.</param>
    /// <returns>[M, ...]; the caller frees it.</returns>
    /// <exception cref="InvalidOperationException">The reservoir is empty.</exception>
    public Tensor DrawInputs(long samples, long seed, long step) => Draw(Inputs, samples, seed, step);

    /// <summary>The labels of the samples whose inputs <see cref="DrawInputs"/> gives.</summary>
    /// <inheritdoc cref="DrawInputs"/>
    public Tensor DrawLabels(long samples, long seed, long step) => Draw(Labels, samples, seed, step);

    /// <summary>Frees the samples.</summary>
    public void Dispose()
    {
        Forget();
        Inputs.Dispose();
        Labels.Dispose();
        Offered.Dispose();
    }

    private Tensor Draw(Tensor kept, long samples, long seed, long step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        if (Count == 0) throw new InvalidOperationException("The reservoir is empty: no task has ended.");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var stream = new RandomStream(seed, "memory");
        var places = randperm(Count, ScalarType.Int64, generator: stream.At(step)).narrow(0, 0, Math.Min(samples, Count));
        return kept.index_select(0, places).MoveToOuterDisposeScope();
    }

    private void Forget()
    {
        _drawn?.Dispose();
        _drawn = null;
    }

    private static void Put(Tensor target, Tensor places, Tensor given, string what)
    {
        Require(target, given, what);
        target.index_copy_(0, places, given.to(target.dtype).cpu());
    }

    private static Tensor With(Tensor own, Tensor kept, Tensor places, string what)
    {
        Require(kept, own, what);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var replayed = kept.index_select(0, places).to(own.dtype).to(own.device);
        var both = cat([own, replayed], 0).MoveToOuterDisposeScope();
        own.Dispose();
        return both;
    }

    private static void Require(Tensor kept, Tensor given, string what)
    {
        if (given.dim() > 0 && given.shape.AsSpan()[1..].SequenceEqual(kept.shape.AsSpan()[1..])) return;
        throw new DataMismatchException(
            $"The {what} are [{string.Join(", ", given.shape)}], but the reservoir keeps [{string.Join(", ", kept.shape)}]: "
            + "every task has samples of the same sizes.");
    }
}
