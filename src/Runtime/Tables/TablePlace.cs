namespace Dsl.Runtime;

/// <summary>Where a row stands, for messages: a line of a file, or a place among rows in memory.</summary>
/// <param name="Origin">What it was read from; null for rows in memory.</param>
/// <param name="Number">The line, or the row, from 1.</param>
internal readonly record struct TablePlace(TableOrigin? Origin, int Number)
{
    public override string ToString() => Origin is null ? $"Row {Number}" : $"{Origin.Name}, {Origin.Unit} {Number}";

    /// <summary>An error of the kind that goes with where the row comes from.</summary>
    public Exception Error(string what) =>
        Origin is null ? new DataMismatchException($"{this}: {what}") : new InvalidDataException($"{this}: {what}");
}
