namespace Dsl.Runtime;

// A trainer whose updates several processes make together.
public abstract partial class Trainer
{
    /// <summary>The processes that train together: those of <c>mpirun</c> where the trainer declares <c>[DataParallel]</c>, else
    /// this one alone.</summary>
    public RankGroup Ranks { get; private set; } = RankGroup.Alone;

    /// <summary>The trainer makes its updates together with the other processes of the launch. Comes before its random streams:
    /// each rank draws numbers of its own.</summary>
    /// <param name="shardOptimizer">Whether each rank keeps a part of what the optimizer keeps for all parameters.</param>
    /// <exception cref="MpiException">There are several processes, and they cannot meet.</exception>
    protected void JoinRanks(bool shardOptimizer = false)
    {
        Ranks = RankGroup.World;
        _shardsOptimizer = shardOptimizer;
    }

    /// <summary>Refuses to go on where parameters or buffers are no longer the same on all ranks.</summary>
    internal void RequireSameNetworks()
    {
        if (Ranks.Count == 1) return;
        ulong digest = 0;
        foreach (var (name, value) in SharedState())
            digest = StreamSeed.Mix(digest + StreamSeed.Increment) ^ TensorDigest.Of(value);
        if (Ranks.Different(unchecked((long)digest)) is not { } other) return;
        throw new MpiException(
            $"After step {StepCount} of {Name} rank {other.Rank} has other numbers than rank 0: something changed the trainer or "
            + "its networks on one rank alone, or the ranks' processors differ. Whatever is done to a trainer is done on every "
            + "rank.")
        {
            IsOnAllRanks = true,
        };
    }

    // Ranks that begin alike end alike: their numbers are held against each other, and all tensors are rank 0's.
    private void StartTogether()
    {
        if (Ranks.Count == 1) return;
        const string declared = "all ranks of a run are the same program, set alike.";
        Ranks.RequireSame("The step to go on from", StepCount, "resume from the same checkpoint on every rank.");
        Ranks.RequireSame("The number of steps of the run", TotalSteps, "give every rank the same data, the whole of them.");
        Ranks.RequireSame("The number of steps of an epoch", StepsPerEpoch, "give every rank the same data, the whole of them.");
        Ranks.RequireSame(nameof(Seed), Seed, "each rank's own numbers follow from the seed that all have.");
        Ranks.RequireSame("The number of frozen parameters", _held.Names.Count, declared);
        foreach (var (name, value) in RecipeNumbers().OrderBy(number => number.Key, StringComparer.Ordinal))
            Ranks.RequireSame(name, value, declared);
        foreach (var (_, value) in SharedState()) Ranks.Share(value);
    }
}
