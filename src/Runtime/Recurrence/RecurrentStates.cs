using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The states that recurrences start from, and then those that they end with: what a part of a sequence knows of the
/// parts before it (Williams and Peng 1990, Neural Computation 2). No gradient goes through them.</summary>
public sealed class RecurrentStates : IDisposable
{
    private readonly long[] _sizes;
    private Tensor[] _tensors;

    /// <summary>Zero states.</summary>
    /// <param name="sequences">N, at least 1.</param>
    /// <param name="type">Their precision.</param>
    /// <param name="device">Where they are.</param>
    /// <param name="sizes">H of each, in the order in which the network has them; an LSTM's are h and c.</param>
    public RecurrentStates(long sequences, ScalarType type, Device device, params ReadOnlySpan<long> sizes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequences, 1);
        _sizes = sizes.ToArray();
        _tensors = [.. _sizes.Select(size => zeros([sequences, size], type, device).DetachFromDisposeScope())];
    }

    /// <summary>The states, [N, H] each; others where <see cref="Begin"/> changes the number of sequences.</summary>
    public IReadOnlyList<Tensor> Tensors => _tensors;

    /// <summary>N.</summary>
    public long Sequences => _tensors[0].size(0);

    /// <summary>Forgets what was: zero states.</summary>
    public void Clear()
    {
        foreach (var state in _tensors) state.zero_();
    }

    /// <summary>Zero states for so many sequences.</summary>
    /// <param name="sequences">N, at least 1.</param>
    public void Begin(long sequences)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequences, 1);
        if (sequences == Sequences)
        {
            Clear();
            return;
        }

        var before = _tensors;
        _tensors = [.. before.Select(state => state.new_zeros([sequences, state.size(1)]).DetachFromDisposeScope())];
        foreach (var state in before) state.Dispose();
    }

    /// <summary>States of as many sequences as a checkpoint has.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="name">What they are called there, each with its number behind it: <c>carried_states.0</c>.</param>
    public void MakeRoom(string path, string name) => Begin(Checkpoint.Rows(path, name + ".0"));

    /// <summary>The same states in tensors of their own: to go on from one place twice. The caller disposes them.</summary>
    public RecurrentStates Copy()
    {
        var copy = new RecurrentStates(Sequences, _tensors[0].dtype, _tensors[0].device, _sizes);
        for (int i = 0; i < _tensors.Length; i++) copy._tensors[i].copy_(_tensors[i]);
        return copy;
    }

    /// <summary>Has a network's passes start from these states, and leave theirs here, until the result is disposed.</summary>
    /// <param name="model">The network.</param>
    public Passage Into(IRecurrentModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Passage(model, this);
    }

    /// <summary>Frees the states.</summary>
    public void Dispose()
    {
        foreach (var state in _tensors) state.Dispose();
    }

    /// <summary>A state to start from.</summary>
    /// <exception cref="DataMismatchException">It is of other sequences.</exception>
    internal static Tensor From(RecurrentStates? carried, int slot, Tensor input, long size)
    {
        if (carried is null) return input.new_zeros([input.size(1), size]);
        if (carried.Sequences == input.size(1)) return carried._tensors[slot].alias();
        throw new DataMismatchException(
            $"The states are of {carried.Sequences} sequences, but {input.size(1)} come in: begin with NewStates("
            + $"{input.size(1)}), or give as many sequences as before.");
    }

    /// <summary>Keeps a state that a pass ends with.</summary>
    internal static void Keep(RecurrentStates? carried, int slot, Tensor state)
    {
        if (carried is null) return;
        using var noGrad = no_grad();
        carried._tensors[slot].copy_(state);
    }

    /// <summary>While a network goes on from some states.</summary>
    public readonly struct Passage : IDisposable
    {
        private readonly IRecurrentModel _model;
        private readonly RecurrentStates? _before;

        internal Passage(IRecurrentModel model, RecurrentStates states)
        {
            (_model, _before) = (model, model.CarriedStates);
            model.CarriedStates = states;
        }

        /// <summary>What was before is again.</summary>
        public void Dispose() => _model.CarriedStates = _before;
    }
}
