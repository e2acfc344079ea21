namespace Dsl.Runtime;

/// <summary>The whole numbers 0, ..., <see cref="Count"/> − 1.</summary>
public sealed class DiscreteSpace : ISpace<int>
{
    /// <summary>The first whole numbers.</summary>
    /// <param name="count">How many, at least 1.</param>
    public DiscreteSpace(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
    }

    /// <summary>How many values there are.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public bool Contains(int value) => value >= 0 && value < Count;

    /// <inheritdoc/>
    public int Sample(HostRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return random.Below(Count);
    }

    /// <inheritdoc/>
    public override string ToString() => Count == 1 ? "0 alone" : $"0, ..., {Count - 1}";
}
