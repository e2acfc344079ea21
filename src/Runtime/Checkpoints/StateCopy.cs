using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A trainer's state as it was behind a step, in the processor's memory: what is written while training goes on. The
/// next copy takes the place of the one before.</summary>
internal sealed class StateCopy : IDisposable
{
    /// <summary>A copy takes at most one part in so many of the memory that is left.</summary>
    private const long Part = 4;

    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);

    /// <summary>Whether the last state was copied.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>Copies a state, if there is room: the copy takes at most a quarter of the memory that this process may still
    /// use. Where one was made before, there is.</summary>
    /// <returns>The copy, by the same names in the same order, valid until the next one; the state itself where there is no
    /// room.</returns>
    public IReadOnlyDictionary<string, Tensor> Take(IReadOnlyDictionary<string, Tensor> state)
    {
        IsTaken = _tensors.Count > 0 || HasRoomFor(state);
        if (!IsTaken) return state;
        using var noGrad = no_grad();
        var copy = new OrderedDictionary<string, Tensor>(state.Count, StringComparer.Ordinal);
        foreach (var (name, tensor) in state)
        {
            if (!_tensors.TryGetValue(name, out var kept) || kept.dtype != tensor.dtype
                || !kept.shape.AsSpan().SequenceEqual(tensor.shape))
            {
                kept?.Dispose();
                kept = empty(tensor.shape, tensor.dtype).DetachFromDisposeScope();
                _tensors[name] = kept;
            }

            kept.copy_(tensor);
            copy.Add(name, kept);
        }

        return copy;
    }

    private static bool HasRoomFor(IReadOnlyDictionary<string, Tensor> state) =>
        state.Values.Sum(tensor => tensor.numel() * tensor.ElementSize)
        <= (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet) / Part;

    /// <summary>Frees the copy.</summary>
    public void Dispose()
    {
        foreach (var tensor in _tensors.Values) tensor.Dispose();
    }
}
