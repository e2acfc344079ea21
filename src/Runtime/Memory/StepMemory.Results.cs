using static TorchSharp.torch;

namespace Dsl.Runtime;

// Values that outlive their step: its results.
internal sealed partial class StepMemory
{
    private readonly Dictionary<object, Tensor> _copies = new(ReferenceEqualityComparer.Instance);

    /// <summary>Says that a value outlives its step, until <see cref="Release"/>.</summary>
    /// <param name="value">The value; afterwards the tensor that holds it from now on.</param>
    /// <param name="generation">Which of the values that lie at its place it is.</param>
    /// <returns>Whether the value lies at a place that a later step writes to; else it has memory of its own.</returns>
    public bool Keep(ref Tensor value, out int generation)
    {
        generation = 0;
        if (_owners.TryGetValue(value, out var owner))
        {
            ref var place = ref owner.Plan.Places[owner.Number];
            generation = place.Generation;
            place.IsHeld = place.IsKept;
            if (!place.IsKept) value = value.clone().DetachFromDisposeScope();
            return place.IsKept;
        }

        if (_course == Course.New) _trace.Keep(value);
        return false;
    }

    /// <summary>Whether what lies at a place is still the value of a generation.</summary>
    public bool Holds(Tensor value, int generation) =>
        !_owners.TryGetValue(value, out var owner) || owner.Plan.Places[owner.Number].Generation == generation;

    /// <summary>Ends a value that was kept.</summary>
    public void Release(Tensor value, int generation)
    {
        if (!_owners.TryGetValue(value, out var owner))
        {
            value.Dispose();
            return;
        }

        ref var place = ref owner.Plan.Places[owner.Number];
        if (place.Generation != generation) return;
        place.Generation++;
        place.IsHeld = false;
        if (MemoryChoice.IsChecked) Overwrite(value);
        if (_copies.Remove(value, out var copy)) copy.Dispose();
    }

    /// <summary>A copy of a value that was kept, which lives until it is released.</summary>
    public Tensor Copy(Tensor value)
    {
        if (!_owners.ContainsKey(value)) return value;
        if (_copies.TryGetValue(value, out var copy)) return copy;
        copy = value.clone().DetachFromDisposeScope();
        _copies.Add(value, copy);
        return copy;
    }
}
