using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

// A trainer of which each rank updates a shard of the parameters, and keeps what the optimizer needs for it alone.
public abstract partial class Trainer
{
    private readonly List<(ParameterArena Arena, Tensor State)> _shards = [];
    private bool _shardsOptimizer;

    /// <summary>The first element of an arena that this rank updates, and the one behind its last.</summary>
    /// <param name="arena">The parameters.</param>
    protected (long First, long End) ShardOf(ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(arena);
        return Ranks.ShardOf(arena.TrainableLength);
    }

    /// <summary>Behind the update of this rank's shard: parameters are those that all ranks have updated, and the gradient is
    /// cleared.</summary>
    /// <param name="arena">The parameters.</param>
    protected void GatherShards(ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(arena);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Ranks.GatherShards(arena.Trainable);
        arena.Gradients.zero_();
    }

    /// <summary>What an optimizer keeps for the parameters of an arena: zeros, a number for each, or for each of this rank's
    /// shard.</summary>
    /// <param name="arena">The parameters.</param>
    protected Tensor NewOptimizerState(ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(arena);
        if (!_shardsOptimizer)
        {
            var all = arena.NewTwin();
            _held.AddState(arena, all, 0);
            return all;
        }

        var (first, end) = ShardOf(arena);
        var shard = zeros([end - first], arena.Values.dtype, arena.Values.device).DetachFromDisposeScope();
        _held.AddState(arena, shard, first);
        _shards.Add((arena, shard));
        return shard;
    }

    // What has the same bits on all ranks.
    private IEnumerable<KeyValuePair<string, Tensor>> SharedState() => State()
        .Where(pair => !_shards.Any(shard => ReferenceEquals(shard.State, pair.Value)))
        .OrderBy(pair => pair.Key, StringComparer.Ordinal);

    // The state with whole tensors in the places of shards, which belong to the dispose scope that is open.
    private Dictionary<string, Tensor> WholeState(Func<ParameterArena, Tensor, Tensor> whole)
    {
        var state = State();
        foreach (var (name, value) in state.ToList())
        {
            if (_shards.Find(shard => ReferenceEquals(shard.State, value)) is { State: not null } found)
                state[name] = whole(found.Arena, found.State);
        }

        return state;
    }

    // Every rank meets; rank 0 has all of them.
    private Tensor Gather(ParameterArena arena, Tensor shard)
    {
        var whole = Ranks.IsFirst ? zeros([arena.TrainableLength], shard.dtype) : null;
        Ranks.GatherFirst(shard, whole, arena.TrainableLength);
        return whole ?? shard;
    }

    // Fills a trainer's state by what reads whole tensors.
    private T Fill<T>(Func<Dictionary<string, Tensor>, T> read)
    {
        if (_shards.Count == 0) return read(State());
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var wholes = new List<(ParameterArena Arena, Tensor Shard, Tensor Whole)>();
        var result = read(WholeState((arena, shard) =>
        {
            var whole = zeros([arena.TrainableLength], shard.dtype);
            wholes.Add((arena, shard, whole));
            return whole;
        }));
        foreach (var (arena, shard, whole) in wholes)
        {
            var (first, end) = ShardOf(arena);
            shard.copy_(whole.narrow(0, first, end - first));
        }

        return result;
    }
}
