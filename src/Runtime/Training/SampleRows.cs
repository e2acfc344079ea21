using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A row of numbers for each sample of some data, which outlives a step: predictions, counts, label estimates. What a step offers
/// waits for the update, so that one that is not made, because something was not finite, leaves the rows as they are.
/// </summary>
public sealed class SampleRows : IDisposable
{
    private readonly List<(Tensor Places, Tensor Values)> _waiting = [];
    private readonly string? _purpose;
    private long _seed;

    /// <summary>Rows of no sample yet.</summary>
    /// <param name="type">Their number type.</param>
    /// <param name="device">Where they are.</param>
    /// <param name="row">The sizes of one row.</param>
    public SampleRows(ScalarType type, Device device, params ReadOnlySpan<long> row) =>
        Rows = zeros([0, .. row], type, device).DetachFromDisposeScope();

    /// <summary>Rows of no sample yet, which begin as directions drawn evenly from the unit sphere.</summary>
    /// <param name="purpose">What the rows are for; names their random numbers.</param>
    /// <param name="width">Numbers of a row, at least 1.</param>
    /// <param name="type">Their number type.</param>
    /// <param name="device">Where they are.</param>
    public SampleRows(string purpose, long width, ScalarType type, Device device)
        : this(type, device, width)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _purpose = purpose;
    }

    /// <summary>How many samples there are.</summary>
    /// <exception cref="DataMismatchException">It was not said.</exception>
    public long Count
    {
        get
        {
            RequireSamples();
            return Rows.size(0);
        }
    }

    /// <summary>The rows of all samples before the update, [S, ...]. The tensor is the caller's, its memory this
    /// object's.</summary>
    /// <exception cref="DataMismatchException">How many samples there are was not said.</exception>
    public Tensor All()
    {
        RequireSamples();
        return Rows.alias();
    }

    /// <summary>Says the seed of rows that begin as directions: those of a sample depend on it and on the number of
    /// samples.</summary>
    /// <param name="seed">The run's seed.</param>
    public void Start(long seed)
    {
        _seed = seed;
        if (Rows.size(0) > 0) FillDirections();
        Drop();
    }

    /// <summary>The rows, [S, ...], in the order of the samples. The tensor is this object's.</summary>
    public Tensor Rows { get; private set; }

    /// <summary>Makes rows for so many samples, where there were none: zeros, or directions.</summary>
    /// <param name="samples">How many samples the data have.</param>
    /// <exception cref="DataMismatchException">There are rows of another number of samples: they belong to other
    /// data.</exception>
    public void Require(long samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        if (Rows.size(0) == samples) return;
        if (Rows.size(0) > 0)
        {
            throw new DataMismatchException(
                $"The trainer keeps numbers of {Rows.size(0)} samples, but was given data with {samples}: go on with the data "
                + "that the run began with, or begin anew with a new trainer.");
        }

        var made = zeros([samples, .. Rows.shape.AsSpan(1)], Rows.dtype, Rows.device).DetachFromDisposeScope();
        Rows.Dispose();
        Rows = made;
        FillDirections();
    }

    /// <summary>The rows of some samples before the update.</summary>
    /// <param name="places">Which, [U] int64.</param>
    /// <returns>[U, ...]; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">A place that has no row, or how many samples there are was not said.</exception>
    public Tensor Read(Tensor places)
    {
        ArgumentNullException.ThrowIfNull(places);
        RequireSamples();
        using var noGrad = no_grad();
        if (places.device_type == TorchSharp.DeviceType.CPU && places.numel() > 0)
        {
            using var scope = NewDisposeScope();
            long first = Aten.item_int64(places.min()), last = Aten.item_int64(places.max());
            if (first < 0 || last >= Rows.size(0))
            {
                throw new DataMismatchException(
                    $"A batch names the sample {(first < 0 ? first : last)}, but there are {Rows.size(0)}: places lie in 0, "
                    + $"..., {Rows.size(0) - 1}.");
            }
        }

        return Rows.index_select(0, places);
    }

    /// <summary>Keeps other rows for some samples until <see cref="Push"/>.</summary>
    /// <param name="places">Which, [U] int64, each once.</param>
    /// <param name="values">[U, ...]; a copy is kept, without a gradient.</param>
    public void Offer(Tensor places, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(values);
        using var noGrad = no_grad();
        using var constant = values.detach();
        _waiting.Add((places.clone().DetachFromDisposeScope(), constant.clone().DetachFromDisposeScope()));
    }

    /// <summary>Puts the rows that wait in place of those that there are.</summary>
    public void Push()
    {
        using var noGrad = no_grad();
        foreach (var (places, values) in _waiting) Rows.index_copy_(0, places, values);
        Drop();
    }

    /// <summary>Forgets the rows that wait.</summary>
    public void Drop()
    {
        foreach (var (places, values) in _waiting)
        {
            places.Dispose();
            values.Dispose();
        }

        _waiting.Clear();
    }

    /// <summary>Frees the rows.</summary>
    public void Dispose()
    {
        Drop();
        Rows.Dispose();
    }

    private void RequireSamples()
    {
        if (Rows.size(0) > 0) return;
        throw new DataMismatchException(
            "The trainer keeps numbers of each sample, but does not know how many there are: call Fit, or UseSamples before "
            + "the first Step.");
    }

    private void FillDirections()
    {
        if (_purpose is null) return;
        using var noGrad = no_grad();
        using var stream = new RandomStream(_seed, _purpose);
        RandomDirections.Fill(Rows, stream.At(0));
    }
}
