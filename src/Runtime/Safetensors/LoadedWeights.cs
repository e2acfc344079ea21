namespace Dsl.Runtime;

/// <summary>What of a file went into a network, and what did not.</summary>
/// <param name="Loaded">Tensors of the network that were filled.</param>
/// <param name="Missing">Tensors of the network that the file does not have.</param>
/// <param name="Unexpected">Tensors of the file, by their names there, that the network does not have.</param>
/// <param name="OtherShape">Tensors that have another shape in the file, each with both shapes.</param>
public sealed record LoadedWeights(
    IReadOnlyList<string> Loaded,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unexpected,
    IReadOnlyList<string> OtherShape)
{
    internal bool IsWhole => Missing.Count == 0 && Unexpected.Count == 0 && OtherShape.Count == 0;

    /// <summary>The counts, and the names of what was not loaded.</summary>
    public override string ToString() => Describe("were loaded");

    internal string Describe(string what) => $"{Loaded.Count} tensors {what}"
        + Part(Missing, "missing in the file") + Part(Unexpected, "not expected") + Part(OtherShape, "of another shape");

    private static string Part(IReadOnlyList<string> names, string what) =>
        names.Count == 0 ? "" : $"; {names.Count} {(names.Count == 1 ? "is" : "are")} {what}: {string.Join(", ", names)}";
}
