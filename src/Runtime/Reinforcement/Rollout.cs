using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The last steps of a policy, with what they were worth; part of a checkpoint where several updates learn of them.
/// Tensors are the rollout's, on the CPU.</summary>
public sealed class Rollout : IDisposable
{
    /// <summary>Room for some steps.</summary>
    /// <param name="capacity">How many of all copies together, at least 1.</param>
    /// <param name="observation">The size of each dimension of an observation.</param>
    public Rollout(int capacity, params long[] observation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentNullException.ThrowIfNull(observation);
        States = zeros([capacity, .. observation]).DetachFromDisposeScope();
        Actions = zeros([capacity], ScalarType.Int64).DetachFromDisposeScope();
        Advantages = zeros([capacity]).DetachFromDisposeScope();
        Returns = zeros([capacity]).DetachFromDisposeScope();
        LogProbabilities = zeros([capacity]).DetachFromDisposeScope();
    }

    /// <summary>What was seen, [M, ...] float32.</summary>
    public Tensor States { get; }

    /// <summary>What was done, [M] int64.</summary>
    public Tensor Actions { get; }

    /// <summary>How much better that was than expected, [M] float32.</summary>
    public Tensor Advantages { get; }

    /// <summary>What a critic should have said of the state, [M] float32.</summary>
    public Tensor Returns { get; }

    /// <summary>The logarithm of the probability with which it was done, [M] float32.</summary>
    public Tensor LogProbabilities { get; }

    /// <summary>How many steps there is room for.</summary>
    public int Capacity => (int)Actions.size(0);

    /// <summary>Frees the steps.</summary>
    public void Dispose()
    {
        States.Dispose();
        Actions.Dispose();
        Advantages.Dispose();
        Returns.Dispose();
        LogProbabilities.Dispose();
    }

    /// <summary>Replaces everything.</summary>
    internal void Fill(
        float[] states, IReadOnlyList<int> actions, IReadOnlyList<double> advantages, IReadOnlyList<double> returns,
        IReadOnlyList<double> logProbabilities)
    {
        states.CopyTo(MemoryMarshal.Cast<byte, float>(States.bytes));
        var done = MemoryMarshal.Cast<byte, long>(Actions.bytes);
        for (int i = 0; i < done.Length; i++) done[i] = actions[i];
        Copy(advantages, Advantages);
        Copy(returns, Returns);
        Copy(logProbabilities, LogProbabilities);

        static void Copy(IReadOnlyList<double> from, Tensor to)
        {
            var numbers = MemoryMarshal.Cast<byte, float>(to.bytes);
            for (int i = 0; i < numbers.Length; i++) numbers[i] = (float)from[i];
        }
    }
}
