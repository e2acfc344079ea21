using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// A flat tensor of which each rank looks after a part: a shard, as long as the others' up to a vector register.
public sealed unsafe partial class RankGroup
{
    /// <summary>The sums over all ranks, of which each rank gets those of its shard, in place (a reduce-scatter). What stands
    /// outside of the shard is this rank's alone.</summary>
    /// <param name="flat">The gradients of an arena.</param>
    public void SumShards(Tensor flat)
    {
        ArgumentNullException.ThrowIfNull(flat);
        if (_mpi is null || flat.numel() == 0) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var host = flat.cpu();
        var (first, end) = ShardOf(flat.numel());
        var sums = empty([end - first], flat.dtype);
        var (counts, _) = Shards(flat.numel());
        lock (_gate) _mpi.SumParts(TensorMemory.Pointer(host), TensorMemory.Pointer(sums), counts, flat.dtype);
        flat.narrow(0, first, end - first).copy_(sums);
    }

    /// <summary>The shards of all ranks, in all, in place (an all-gather).</summary>
    /// <param name="flat">The parameters of an arena, of which each rank has changed its shard.</param>
    public void GatherShards(Tensor flat)
    {
        ArgumentNullException.ThrowIfNull(flat);
        if (_mpi is null || flat.numel() == 0) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var host = flat.cpu();
        var (counts, places) = Shards(flat.numel());
        lock (_gate) _mpi.GatherParts(TensorMemory.Pointer(host), counts, places, flat.dtype);
        if (flat.device_type != DeviceType.CPU) flat.copy_(host);
    }

    /// <summary>The norm of a flat tensor of which each rank knows its shard.</summary>
    /// <param name="flat">The gradients of an arena, behind <see cref="SumShards"/>.</param>
    /// <returns>Without dimensions, the same bits on each rank; the caller frees it.</returns>
    public Tensor NormOfShards(Tensor flat)
    {
        ArgumentNullException.ThrowIfNull(flat);
        using var noGrad = no_grad();
        if (_mpi is null) return flat.norm();
        using var scope = NewDisposeScope();
        var (first, end) = ShardOf(flat.numel());
        var norm = flat.narrow(0, first, end - first).norm().to_type(ScalarType.Float64);
        var square = (norm * norm).cpu();
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
        if (_mpi is null)
        {
            whole!.copy_(shard);
            return;
        }

        using var scope = NewDisposeScope();
        var (counts, places) = Shards(length);
        var own = shard.cpu();
        void* all = whole is null ? null : TensorMemory.Pointer(whole);
        lock (_gate) _mpi.GatherFirst(TensorMemory.Pointer(own), counts[Rank], all, counts, places, shard.dtype);
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

    // How many elements each rank's shard has, and where it begins.
    private (int[] Counts, int[] Places) Shards(long length)
    {
        if (length > int.MaxValue)
        {
            throw new MpiException(
                $"A network of {length} parameters cannot be shared out among ranks: MPI counts to {int.MaxValue}. Leave "
                + "ShardOptimizer out.")
            {
                IsOnAllRanks = true,
            };
        }

        var counts = new int[Count];
        var places = new int[Count];
        for (int rank = 0; rank < Count; rank++)
        {
            var (first, end) = ShardOf(length, rank, Count);
            (counts[rank], places[rank]) = ((int)(end - first), (int)first);
        }

        return (counts, places);
    }
}
