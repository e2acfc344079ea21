using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// A flat tensor of which each rank looks after a part: a shard, as long as the others' up to a vector register.
public sealed unsafe partial class RankGroup
{
    /// <summary>The sums over all ranks, of which each rank gets those of its shard, in place (a reduce-scatter). What stands
    /// outside of the shard is then of no use.</summary>
    /// <param name="flat">The gradients of an arena.</param>
    public void SumShards(Tensor flat)
    {
        ArgumentNullException.ThrowIfNull(flat);
        if (_meeting is null || flat.numel() == 0) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var where = Near(flat);
        lock (_gate) CommunicatorOf(where).SumParts(TensorMemory.Pointer(where), Bounds(flat.numel()), flat.dtype);
        if (where.device_type != flat.device_type) flat.copy_(where);
    }

    /// <summary>The shards of all ranks, in all, in place (an all-gather).</summary>
    /// <param name="flat">The parameters of an arena, of which each rank has changed its shard.</param>
    public void GatherShards(Tensor flat)
    {
        ArgumentNullException.ThrowIfNull(flat);
        if (_meeting is null || flat.numel() == 0) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var where = Near(flat);
        lock (_gate) CommunicatorOf(where).GatherParts(TensorMemory.Pointer(where), Bounds(flat.numel()), flat.dtype);
        if (where.device_type != flat.device_type) flat.copy_(where);
    }

    /// <summary>The norm of a flat tensor of which each rank knows its shard.</summary>
    /// <param name="flat">The gradients of an arena, behind <see cref="SumShards"/>.</param>
    /// <returns>Without dimensions, the same bits on each rank; the caller frees it.</returns>
    public Tensor NormOfShards(Tensor flat)
    {
        ArgumentNullException.ThrowIfNull(flat);
        using var noGrad = no_grad();
        if (_meeting is null) return flat.norm();
        using var scope = NewDisposeScope();
        var (first, end) = ShardOf(flat.numel());
        var norm = flat.narrow(0, first, end - first).norm().to_type(ScalarType.Float64);
        var square = norm * norm;
        Sum(square);
        return square.sqrt().to(flat.dtype, flat.device).MoveToOuterDisposeScope();
    }

    /// <summary>The shards of all ranks, in rank 0.</summary>
    /// <param name="shard">This rank's.</param>
    /// <param name="whole">Where they go; null on other ranks.</param>
    /// <param name="length">How many numbers all have together.</param>
    internal void GatherFirst(Tensor shard, Tensor? whole, long length)
    {
        using var noGrad = no_grad();
        if (_meeting is null)
        {
            whole!.copy_(shard);
            return;
        }

        using var scope = NewDisposeScope();
        var own = Near(shard);
        var all = whole is null ? null : IsOnGpu(own) ? whole.to(own.device) : whole;
        void* place = all is null ? null : TensorMemory.Pointer(all);
        lock (_gate) CommunicatorOf(own).GatherFirst(TensorMemory.Pointer(own), place, Bounds(length), shard.dtype);
        if (whole is not null && !ReferenceEquals(all, whole)) whole.copy_(all!);
    }

    /// <summary>The first element of this rank's shard of a flat tensor, and the one behind its last.</summary>
    /// <param name="length">Elements of the whole, a multiple of <see cref="ParameterArena.Alignment"/>.</param>
    internal (long First, long End) ShardOf(long length) => ShardOf(length, Rank, Count);

    /// <inheritdoc cref="ShardOf(long)"/>
    internal static (long First, long End) ShardOf(long length, int rank, int ranks)
    {
        var (first, end) = PartOf(length / ParameterArena.Alignment, rank, ranks);
        return (first * ParameterArena.Alignment, end * ParameterArena.Alignment);
    }

    // Where the shards begin, and the end of the last.
    private long[] Bounds(long length) =>
        [.. Enumerable.Range(0, Count).Select(rank => ShardOf(length, rank, Count).First), length];

    // A tensor where ranks meet: on a GPU it stays, and else it is in the processor's memory.
    private Tensor Near(Tensor flat) => IsOnGpu(flat) ? flat : flat.cpu();
}
