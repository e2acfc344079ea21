using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The parts of a sequence [T, ...] in the order in which a recurrence visits them, as views that are made
/// once.</summary>
internal readonly struct Steps : IDisposable
{
    private readonly Tensor[] _views;
    private readonly bool _reverse;

    /// <summary>One view for each step.</summary>
    /// <param name="sequence">[T, ...].</param>
    /// <param name="reverse">Whether the recurrence runs from the last element to the first.</param>
    public Steps(Tensor sequence, bool reverse) => (_views, _reverse) = (sequence.unbind(0), reverse);

    public int Count => _views.Length;

    /// <summary>What the recurrence reads or writes in its <paramref name="step"/>-th step.</summary>
    public Tensor this[int step] => _views[Place(step)];

    /// <summary>Where in the sequence the recurrence is in its <paramref name="step"/>-th step.</summary>
    public int Place(int step) => _reverse ? _views.Length - 1 - step : step;

    /// <summary>A sequence with a place in front, which is zeros or a state.</summary>
    /// <param name="sequence">[T, N, ...], which is freed.</param>
    /// <param name="before">[N, ...]; null for zeros.</param>
    /// <returns>[T + 1, N, ...].</returns>
    public static Tensor Behind(Tensor sequence, Tensor? before)
    {
        long[] shape = [.. sequence.shape];
        shape[0]++;
        var whole = sequence.new_empty(shape);
        using Tensor front = whole.select(0, 0), others = whole.narrow(0, 1, sequence.size(0));
        if (before is null) front.zero_();
        else front.copy_(before);
        others.copy_(sequence);
        sequence.Dispose();
        return whole;
    }

    /// <summary>Writes the state that is carried to the first of T + 1 places.</summary>
    public static void Begin(Tensor states, RecurrentStates? carried, int slot, Tensor input)
    {
        using Tensor front = states.select(0, 0), given = RecurrentStates.From(carried, slot, input, states.size(2));
        front.copy_(given);
    }

    /// <summary>Carries the state of the last place on.</summary>
    public static void End(Tensor states, RecurrentStates? carried, int slot)
    {
        using var last = states.select(0, states.size(0) - 1);
        RecurrentStates.Keep(carried, slot, last);
    }

    public void Dispose()
    {
        foreach (var view in _views) view.Dispose();
    }

    /// <summary>The steps of a block of columns of gates [T, N, gates, H]: one of them, without its dimension.</summary>
    public static Steps OfGate(Tensor gates, long gate, bool reverse)
    {
        using var block = gates.select(2, gate);
        return new Steps(block, reverse);
    }

    /// <summary>The steps of neighbouring blocks of columns of gates [T, N, gates, H].</summary>
    public static Steps OfGates(Tensor gates, long first, long count, bool reverse)
    {
        using var blocks = gates.narrow(2, first, count);
        return new Steps(blocks, reverse);
    }
}
