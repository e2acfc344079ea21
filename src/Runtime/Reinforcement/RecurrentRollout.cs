using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The last steps of a policy with a memory, a row for each copy of its environment, and what it remembers at present;
/// part of a checkpoint. Tensors are the rollout's, on the CPU.</summary>
public sealed class RecurrentRollout : IDisposable
{
    /// <summary>Room for some steps.</summary>
    /// <param name="copies">Copies of the environment, M, at least 1.</param>
    /// <param name="steps">Steps in each, n, at least 1.</param>
    /// <param name="memory">How many numbers are remembered, S, at least 1.</param>
    /// <param name="observation">The size of each dimension of an observation.</param>
    public RecurrentRollout(int copies, int steps, long memory, params long[] observation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(memory, 1);
        ArgumentNullException.ThrowIfNull(observation);
        States = zeros([copies, steps, .. observation]).DetachFromDisposeScope();
        Memories = zeros([copies, memory]).DetachFromDisposeScope();
        Kept = ones([copies, steps]).DetachFromDisposeScope();
        Actions = zeros([copies, steps], ScalarType.Int64).DetachFromDisposeScope();
        Advantages = zeros([copies, steps]).DetachFromDisposeScope();
        Returns = zeros([copies, steps]).DetachFromDisposeScope();
        Carried = zeros([copies, memory]).DetachFromDisposeScope();
    }

    /// <summary>What was seen, [M, n, ...] float32.</summary>
    public Tensor States { get; }

    /// <summary>What was remembered before the first step, [M, S] float32.</summary>
    public Tensor Memories { get; }

    /// <summary>1 where a step belongs to the episode of the one before it, 0 where it is the first of another one, [M, n]
    /// float32. Of the first step it is 1: <see cref="Memories"/> are 0 where an episode begins with it.</summary>
    public Tensor Kept { get; }

    /// <summary>What was done, [M, n] int64.</summary>
    public Tensor Actions { get; }

    /// <summary>How much better that was than expected, [M, n] float32.</summary>
    public Tensor Advantages { get; }

    /// <summary>What the critic should have said, [M, n] float32.</summary>
    public Tensor Returns { get; }

    /// <summary>What is remembered at present, 0 where an episode begins, [M, S] float32.</summary>
    public Tensor Carried { get; }

    /// <summary>How many copies there are.</summary>
    public int Copies => (int)Actions.size(0);

    /// <summary>How many steps there are of each.</summary>
    public int Steps => (int)Actions.size(1);

    /// <summary>Frees the steps.</summary>
    public void Dispose()
    {
        States.Dispose();
        Memories.Dispose();
        Kept.Dispose();
        Actions.Dispose();
        Advantages.Dispose();
        Returns.Dispose();
        Carried.Dispose();
    }
}
