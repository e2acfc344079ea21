using System.Collections;

namespace Dsl.Runtime;

/// <summary>What losses and metrics of the user's own gave in an evaluation, by the names of their methods.</summary>
/// <param name="numbers">Names and values in order.</param>
public sealed class OwnNumbers(params IReadOnlyList<(string Name, double Value)> numbers)
    : IReadOnlyCollection<(string Name, double Value)>, IEquatable<OwnNumbers>
{
    /// <summary>None.</summary>
    public static OwnNumbers None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => numbers.Count;

    /// <summary>A number.</summary>
    /// <param name="name">The method, as an evaluation writes it: <c>pinball</c> for <c>Pinball</c>, or as it is.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public double this[string name]
    {
        get
        {
            foreach (var number in numbers)
                if (string.Equals(number.Name, name, StringComparison.OrdinalIgnoreCase)) return number.Value;
            throw new KeyNotFoundException(
                numbers.Count == 0 ? $"There is no '{name}': the trainer has no [Objective] and no [Metric] of its own."
                    : $"There is no '{name}': {string.Join(", ", numbers.Select(number => number.Name))}.");
        }
    }

    /// <inheritdoc/>
    public IEnumerator<(string Name, double Value)> GetEnumerator() => numbers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(OwnNumbers? other) => other is not null && numbers.SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OwnNumbers);

    /// <inheritdoc/>
    public override int GetHashCode() => numbers.Count == 0 ? 0 : numbers[0].GetHashCode();
}
