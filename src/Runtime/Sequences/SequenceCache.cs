using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a network that is computed place by place keeps of the places that it has seen: keys and values of attention,
/// states of recurrences. A new one is at the start of a batch of sequences.</summary>
public sealed class SequenceCache : IDisposable
{
    private readonly Dictionary<int, (Tensor All, int Dimension)> _places = [];
    private readonly Dictionary<int, Tensor[]> _states = [];
    private long _sequences;

    /// <summary>How many places have been seen: the number of the place that comes next, from 0.</summary>
    public long Place { get; private set; }

    /// <summary>Begins with a place.</summary>
    /// <param name="sequences">N, the sequences that it is of.</param>
    /// <param name="places">How many places the network has.</param>
    /// <exception cref="DataMismatchException">Other sequences than before, or all places have been seen.</exception>
    public void Begin(long sequences, long places)
    {
        if (Place == places)
        {
            throw new DataMismatchException(
                $"The cache has all {places} places of the network: begin with a new one, from the tokens that shall be seen.");
        }

        if (Place > 0 && sequences != _sequences)
            throw new DataMismatchException($"The cache is of {_sequences} sequences, but the place is of {sequences}.");
        _sequences = sequences;
    }

    /// <summary>Ends with a place.</summary>
    public void End() => Place++;

    /// <summary>Keeps a part of the place at hand behind those of the places before.</summary>
    /// <param name="slot">Where.</param>
    /// <param name="part">Of size 1 in the dimension.</param>
    /// <param name="dimension">That of the places.</param>
    /// <param name="places">How many there are in all.</param>
    /// <returns>A view of all places so far.</returns>
    public Tensor Append(int slot, Tensor part, int dimension, long places)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (!_places.TryGetValue(slot, out var kept))
        {
            long[] sizes = [.. part.shape];
            sizes[dimension] = places;
            _places.Add(slot, kept = (part.new_empty(sizes).DetachFromDisposeScope(), dimension));
        }

        var all = kept.All;
        using (var own = all.narrow(dimension, Place, 1)) own.copy_(part);
        return all.narrow(dimension, 0, Place + 1);
    }

    /// <summary>Goes on with some of the sequences, each as often as it is named.</summary>
    /// <param name="sequences">Which, each in 0, ..., N − 1; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none of a number.</exception>
    public void Select(ReadOnlySpan<long> sequences)
    {
        if (sequences.IsEmpty) throw new ArgumentException("A cache is of one sequence at least.", nameof(sequences));
        bool areAll = sequences.Length == _sequences;
        for (int i = 0; i < sequences.Length; i++)
        {
            if (sequences[i] < 0 || sequences[i] >= _sequences)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(sequences), sequences[i], $"The cache is of {_sequences} sequences.");
            }

            areAll &= sequences[i] == i;
        }

        if (areAll) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var rows = TensorMemory.Filled<long>(sequences.ToArray(), ScalarType.Int64, sequences.Length);
        foreach (int slot in _places.Keys.ToArray())
        {
            var (all, dimension) = _places[slot];

            // Of places to come nothing is known that would have to be kept.
            Tensor seen = Of(all.narrow(dimension, 0, Place), rows);
            long[] sizes = [.. seen.shape];
            sizes[dimension] = all.size(dimension);
            Tensor chosen = seen.new_empty(sizes).DetachFromDisposeScope();
            chosen.narrow(dimension, 0, Place).copy_(seen);
            all.Dispose();
            _places[slot] = (chosen, dimension);
        }

        foreach (int slot in _states.Keys.ToArray())
        {
            var before = _states[slot];
            _states[slot] = [.. before.Select(state => Of(state, rows).DetachFromDisposeScope())];
            foreach (var state in before) state.Dispose();
        }

        _sequences = sequences.Length;
    }

    /// <summary>States that were kept of the place before; null at the first one.</summary>
    /// <param name="slot">Where.</param>
    internal Tensor[]? States(int slot) => _states.GetValueOrDefault(slot);

    /// <summary>Keeps states of the place at hand in the place of those before.</summary>
    internal void Keep(int slot, params Tensor[] states)
    {
        if (_states.TryGetValue(slot, out var before))
            foreach (var state in before) state.Dispose();
        _states[slot] = [.. states.Select(state => state.DetachFromDisposeScope())];
    }

    /// <summary>Frees what is kept.</summary>
    public void Dispose()
    {
        foreach (var (kept, _) in _places.Values) kept.Dispose();
        foreach (var state in _states.Values.SelectMany(states => states)) state.Dispose();
        _places.Clear();
        _states.Clear();
    }

    // A sequence has several neighbouring rows where attention has put its heads into the first dimension.
    private Tensor Of(Tensor kept, Tensor rows)
    {
        long each = kept.size(0) / _sequences;
        long[] shape = [.. kept.shape];
        var chosen = kept.reshape([_sequences, each, .. shape.AsSpan(1)]).index_select(0, rows.to(kept.device));
        shape[0] = rows.numel() * each;
        return chosen.reshape(shape);
    }
}
