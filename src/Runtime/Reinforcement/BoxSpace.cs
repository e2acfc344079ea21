namespace Dsl.Runtime;

/// <summary>Real numbers in a shape, each between two bounds.</summary>
public sealed class BoxSpace : ISpace<float[]>
{
    /// <summary>A vector with bounds for each number.</summary>
    /// <param name="low">The least values; negative infinity for none.</param>
    /// <param name="high">The largest values, at least the least ones; infinity for none.</param>
    /// <param name="shape">The shape, whose product is the number of values; null for a vector.</param>
    public BoxSpace(IReadOnlyList<float> low, IReadOnlyList<float> high, IReadOnlyList<long>? shape = null)
    {
        ArgumentNullException.ThrowIfNull(low);
        ArgumentNullException.ThrowIfNull(high);
        if (low.Count != high.Count || low.Count == 0)
        {
            throw new ArgumentException(
                $"There are {low.Count} lower and {high.Count} upper bounds: give as many, at least one.");
        }

        for (int i = 0; i < low.Count; i++)
        {
            if (!(low[i] <= high[i]))
                throw new ArgumentException($"Number {i} is to lie between {low[i]} and {high[i]}: put the smaller bound first.");
        }

        Shape = shape ?? [low.Count];
        if (Shape.Aggregate(1L, (product, size) => product * size) != low.Count)
        {
            throw new ArgumentException(
                $"A shape [{string.Join(", ", Shape)}] does not have {low.Count} numbers.", nameof(shape));
        }

        (Low, High) = ([.. low], [.. high]);
    }

    /// <summary>The least value of each number, row by row.</summary>
    public IReadOnlyList<float> Low { get; }

    /// <summary>The largest value of each number, row by row.</summary>
    public IReadOnlyList<float> High { get; }

    /// <summary>The size of each dimension, without one for a batch.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>How many numbers a value has.</summary>
    public int Count => Low.Count;

    /// <inheritdoc/>
    public bool Contains(float[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length != Count) return false;
        for (int i = 0; i < value.Length; i++)
        {
            if (!(value[i] >= Low[i] && value[i] <= High[i])) return false;
        }

        return true;
    }

    /// <summary>Numbers drawn evenly between finite bounds; normal ones from a finite bound on, or around 0, where one or both
    /// are infinite.</summary>
    public float[] Sample(HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var value = new float[Count];
        for (int i = 0; i < value.Length; i++)
        {
            value[i] = (float.IsFinite(Low[i]), float.IsFinite(High[i])) switch
            {
                (true, true) => (float)(Low[i] + random.Uniform() * ((double)High[i] - Low[i])),
                (true, false) => (float)(Low[i] + Math.Abs(random.Normal())),
                (false, true) => (float)(High[i] - Math.Abs(random.Normal())),
                _ => (float)random.Normal(),
            };
        }

        return value;
    }
}
