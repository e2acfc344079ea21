using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The last transitions of a run, as a ring; part of a checkpoint. Tensors are the buffer's, on the CPU.</summary>
public sealed class ReplayBuffer : IDisposable
{
    private readonly int _capacity;
    private readonly int _width;
    private readonly int _actions;

    /// <summary>An empty buffer.</summary>
    /// <param name="capacity">How many transitions it holds, at least 1.</param>
    /// <param name="observation">The size of each dimension of an observation.</param>
    public ReplayBuffer(int capacity, params long[] observation)
        : this(0, capacity, observation)
    {
    }

    private ReplayBuffer(int actions, int capacity, long[] observation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentNullException.ThrowIfNull(observation);
        (_actions, _capacity) = (actions, capacity);
        _width = (int)observation.Aggregate(1L, (product, size) => product * size);
        States = zeros([capacity, .. observation]).DetachFromDisposeScope();
        Nexts = zeros([capacity, .. observation]).DetachFromDisposeScope();
        Actions = (actions == 0 ? zeros([capacity], ScalarType.Int64) : zeros([capacity, actions])).DetachFromDisposeScope();
        Rewards = zeros([capacity]).DetachFromDisposeScope();
        Terminations = zeros([capacity]).DetachFromDisposeScope();
        Added = zeros([], ScalarType.Int64).DetachFromDisposeScope();
    }

    /// <summary>An empty buffer of actions that are vectors.</summary>
    /// <param name="capacity">How many transitions it holds, at least 1.</param>
    /// <param name="actions">How many numbers an action has, at least 1.</param>
    /// <param name="observation">The size of each dimension of an observation.</param>
    public static ReplayBuffer OfVectors(int capacity, int actions, params long[] observation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        return new ReplayBuffer(actions, capacity, observation);
    }

    /// <summary>What was seen before each action, [C, ...] float32.</summary>
    public Tensor States { get; }

    /// <summary>What was seen after it, the last observation of an episode included, [C, ...] float32.</summary>
    public Tensor Nexts { get; }

    /// <summary>What was done, [C] int64; vectors [C, A] float32.</summary>
    public Tensor Actions { get; }

    /// <summary>What that earned, [C] float32.</summary>
    public Tensor Rewards { get; }

    /// <summary>1 where the task was over then, so that nothing follows; 0 else, a truncation included, [C] float32.</summary>
    public Tensor Terminations { get; }

    /// <summary>How many transitions were ever added: int64 without dimensions.</summary>
    public Tensor Added { get; }

    /// <summary>How many transitions it has at present.</summary>
    public long Count => Math.Min(Number, _capacity);

    /// <summary>The place of the next transition.</summary>
    internal int NextPlace => (int)(Number % _capacity);

    /// <summary>Adds a transition, in place of the oldest where the buffer is full.</summary>
    public void Add(ReadOnlySpan<float> state, int action, double reward, ReadOnlySpan<float> next, bool terminated)
    {
        if (_actions > 0) throw new InvalidOperationException($"The buffer holds actions of {_actions} numbers.");
        MemoryMarshal.Cast<byte, long>(Actions.bytes)[NextPlace] = action;
        Add(state, reward, next, terminated);
    }

    /// <summary>Adds a transition by an action of several numbers, in place of the oldest where the buffer is full.</summary>
    public void Add(
        ReadOnlySpan<float> state, ReadOnlySpan<float> action, double reward, ReadOnlySpan<float> next, bool terminated)
    {
        if (action.Length != _actions || _actions == 0)
        {
            throw new ArgumentException(
                $"The buffer holds {(_actions == 0 ? "numbers of a choice" : $"actions of {_actions} numbers")}, but this one "
                + $"has {action.Length}.", nameof(action));
        }

        action.CopyTo(Floats(Actions).Slice(NextPlace * _actions, _actions));
        Add(state, reward, next, terminated);
    }

    private void Add(ReadOnlySpan<float> state, double reward, ReadOnlySpan<float> next, bool terminated)
    {
        int place = NextPlace;
        state.CopyTo(Floats(States).Slice(place * _width, _width));
        next.CopyTo(Floats(Nexts).Slice(place * _width, _width));
        Floats(Rewards)[place] = (float)reward;
        Floats(Terminations)[place] = terminated ? 1 : 0;
        Number++;
    }

    /// <summary>Rows of one of the tensors.</summary>
    /// <param name="part">Which.</param>
    /// <param name="indices">Their places, [N] int64.</param>
    /// <param name="type">The type of numbers.</param>
    public static Tensor Read(Tensor part, Tensor indices, ScalarType type)
    {
        ArgumentNullException.ThrowIfNull(part);
        var rows = part.index_select(0, indices);
        if (rows.dtype == type || rows.dtype == ScalarType.Int64) return rows;
        using (rows) return rows.to_type(type);
    }

    /// <summary>Frees the transitions.</summary>
    public void Dispose()
    {
        States.Dispose();
        Nexts.Dispose();
        Actions.Dispose();
        Rewards.Dispose();
        Terminations.Dispose();
        Added.Dispose();
    }

    private long Number
    {
        get => MemoryMarshal.Cast<byte, long>(Added.bytes)[0];
        set => MemoryMarshal.Cast<byte, long>(Added.bytes)[0] = value;
    }

    private static Span<float> Floats(Tensor part) => MemoryMarshal.Cast<byte, float>(part.bytes);
}
