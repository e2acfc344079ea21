namespace Dsl.Runtime;

/// <summary>Where a row stands, for messages: a line of a file, or a place among rows in memory.</summary>
/// <param name="Source">The file; null for rows in memory.</param>
/// <param name="Number">The line, or the row, from 1.</param>
internal readonly record struct TablePlace(string? Source, int Number)
{
    public override string ToString() => Source is null ? $"Row {Number}" : $"{Source}, line {Number}";

    /// <summary>An error of the kind that goes with where the row comes from.</summary>
    public Exception Error(string what) =>
        Source is null ? new DataMismatchException($"{this}: {what}") : new InvalidDataException($"{this}: {what}");
}
