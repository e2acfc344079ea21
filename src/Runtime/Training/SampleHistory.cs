using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Samples that a generator made in earlier steps, which a judge sees among new ones, so that it does not forget what the
/// generator has left behind (Shrivastava et al. 2017, arXiv 1612.07828, section 2.3; with single exchanges as in Zhu et al.
/// 2017, arXiv 1703.10593, section 4). What a step exchanges waits for <see cref="Push"/>.
/// </summary>
/// <remarks>
/// The samples of a batch come one after another. One that finds a free place takes it, and is seen itself. When all are taken, a
/// sample is exchanged or not: it takes the place of an older one, which is seen, or is seen itself and not kept.
/// </remarks>
public sealed class SampleHistory : IDisposable
{
    private Tensor? _waiting;
    private long _filled;

    /// <summary>An empty history.</summary>
    /// <param name="type">The samples' number type.</param>
    /// <param name="device">Where they are.</param>
    /// <param name="places">P: how many are kept, at least 1.</param>
    /// <param name="sample">The sizes of one.</param>
    public SampleHistory(ScalarType type, Device device, long places, params ReadOnlySpan<long> sample)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 1);
        Samples = zeros([places, .. sample], type, device).DetachFromDisposeScope();
        Count = zeros([], ScalarType.Int64).DetachFromDisposeScope();
    }

    /// <summary>The samples by their places, [P, ...]; zeros where none has come. The tensor is the history's.</summary>
    public Tensor Samples { get; }

    /// <summary>How many places are taken: int64 without dimensions, on the CPU. The tensor is the history's.</summary>
    public Tensor Count { get; }

    /// <summary>What a judge sees of new samples.</summary>
    /// <param name="samples">[N, ...].</param>
    /// <param name="exchanges">Which are exchanged where no place is free, [N] bool.</param>
    /// <param name="places">With which place, [N] int64, each in [0, P).</param>
    /// <returns>[N, ...], constant; the caller frees it.</returns>
    public Tensor Exchanged(Tensor samples, Tensor exchanges, Tensor places)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(exchanges);
        ArgumentNullException.ThrowIfNull(places);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long size = Samples.size(0), rows = samples.size(0), taken = MemoryMarshal.Cast<byte, long>(Count.bytes)[0],
        free = Math.Min(size - taken, rows);
        var all = cat([Samples, samples.detach()], 0);
        var row = Aten.arange(0, rows, samples.device);
        var fills = Aten.lt(row, free);
        var place = where(fills, Aten.add(row, taken), places);
        var takes = fills.logical_or(exchanges);

        // A place that an earlier sample of the batch has taken holds that one: the last before each row, counted from 1.
        var before = place.unsqueeze(1).eq(place.unsqueeze(0)).logical_and(takes.unsqueeze(0))
            .logical_and(row.unsqueeze(0).lt(row.unsqueeze(1)));
        var holder = (before.to_type(ScalarType.Int64) * Aten.add(row, 1L).unsqueeze(0)).amax([1L]);
        var older = where(Aten.eq(holder, 0), place, Aten.add(holder, size - 1));
        var seen = where(takes.logical_and(fills.logical_not()), older, Aten.add(row, size));

        var kept = Aten.arange(0, size, samples.device);
        var taker = kept.unsqueeze(1).eq(place.unsqueeze(0)).logical_and(takes.unsqueeze(0));
        var last = (taker.to_type(ScalarType.Int64) * Aten.add(row, 1L).unsqueeze(0)).amax([1L]);
        Drop();
        _waiting = all.index_select(0, where(Aten.eq(last, 0), kept, Aten.add(last, size - 1))).DetachFromDisposeScope();
        _filled = taken + free;
        return all.index_select(0, seen).MoveToOuterDisposeScope();
    }

    /// <summary>Keeps what the last exchange left.</summary>
    public void Push()
    {
        if (_waiting is null) return;
        using var noGrad = no_grad();
        Samples.copy_(_waiting);
        MemoryMarshal.Cast<byte, long>(Count.bytes)[0] = _filled;
        Drop();
    }

    /// <summary>Forgets an exchange that waits.</summary>
    public void Drop()
    {
        _waiting?.Dispose();
        _waiting = null;
    }

    /// <summary>Frees the samples.</summary>
    public void Dispose()
    {
        Drop();
        Samples.Dispose();
        Count.Dispose();
    }
}
