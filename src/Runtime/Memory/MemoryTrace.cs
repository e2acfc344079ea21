using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a step took and gave back, in order: the course from which places are planned.</summary>
internal sealed class MemoryTrace
{
    private readonly List<int> _events = [];
    private readonly List<TracedValue> _values = [];
    private readonly Dictionary<object, int> _live = new(ReferenceEqualityComparer.Instance);

    /// <summary>A value taken is its number, counted from 0; a value given back is the complement of its number.</summary>
    public IReadOnlyList<int> Events => _events;

    /// <summary>The values, by their numbers.</summary>
    public IReadOnlyList<TracedValue> Values => _values;

    public void Clear()
    {
        _events.Clear();
        _values.Clear();
        _live.Clear();
    }

    /// <summary>Takes over the first events of a plan that a step followed so far, and what it holds.</summary>
    public void Follow(MemoryPlan plan, int events, int values)
    {
        Clear();
        for (int i = 0; i < events; i++) _events.Add(plan.Events[i]);
        for (int i = 0; i < values; i++)
        {
            var place = plan.Places[i];
            _values.Add(new TracedValue(place.Layout) { IsKept = place.IsKept });
            if (place.Current is { } tensor) _live.TryAdd(tensor, i);
        }
    }

    /// <summary>A value in memory of its own.</summary>
    public void Taken(Tensor tensor, ReadOnlySpan<long> shape, int type) =>
        Add(tensor, new PlaceLayout(PlaceLayout.Own, 0, shape.ToArray(), type, null));

    /// <summary>A view of a value.</summary>
    public void Viewed(Tensor view, int number, long offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides) =>
        Add(view, new PlaceLayout(number, offset, shape.ToArray(), _values[number].Layout.Type, strides.ToArray()));

    /// <summary>A view of a tensor that is not the step's.</summary>
    public void ViewedOutside(Tensor view, long offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides) =>
        Add(view, new PlaceLayout(PlaceLayout.Outside, offset, shape.ToArray(), LibTorchAbi.Float32, strides.ToArray()));

    /// <summary>The number of a value that is not given back.</summary>
    public bool TryFind(Tensor tensor, out int number) => _live.TryGetValue(tensor, out number);

    /// <summary>The tensor of a value that is not given back; null where it is.</summary>
    public Tensor? Live(int number)
    {
        foreach (var (tensor, found) in _live)
            if (found == number) return (Tensor)tensor;
        return null;
    }

    /// <summary>Whether there was a view of a value.</summary>
    public bool IsViewed(int number) => _values.Exists(value => value.Layout.Base == number);

    /// <summary>Says that a value outlives its step, as its results do.</summary>
    public void Keep(Tensor tensor)
    {
        if (_live.Remove(tensor, out int number)) _values[number].IsKept = true;
    }

    /// <returns>False for a tensor that was not taken here, or was given back before.</returns>
    public bool GivenBack(Tensor tensor, out int number)
    {
        if (!_live.Remove(tensor, out number)) return false;
        _events.Add(~number);
        return true;
    }

    /// <summary>From when until when memory is used: that of a value until it and all views of it are given back; beyond the
    /// end where one is not.</summary>
    public (int First, int Last)[] Lives()
    {
        var lives = new (int First, int Last)[_values.Count];
        for (int time = 0; time < _events.Count; time++)
        {
            if (_events[time] >= 0) lives[_events[time]] = (time, int.MaxValue);
            else lives[~_events[time]].Last = time;
        }

        // Views come behind what they are of.
        for (int i = lives.Length - 1; i >= 0; i--)
            if (_values[i].Layout.Base is >= 0 and var root) lives[root].Last = Math.Max(lives[root].Last, lives[i].Last);
        return lives;
    }

    private void Add(Tensor tensor, PlaceLayout layout)
    {
        _live.Add(tensor, _values.Count);
        _events.Add(_values.Count);
        _values.Add(new TracedValue(layout));
    }
}
