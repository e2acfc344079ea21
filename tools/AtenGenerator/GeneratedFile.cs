namespace AtenGenerator;

/// <summary>The checked-in Aten.Generated.cs and what it should be.</summary>
/// <param name="root">The repository's root.</param>
/// <param name="shim">The libtorch to read schemas from.</param>
public sealed class GeneratedFile(string root, Shim shim)
{
    private readonly string path = Path.Combine(root, "src/Torch/Aten.Generated.cs");

    /// <summary>Writes the file; returns a sentence that says so.</summary>
    public string Write()
    {
        var source = Source(out var count);
        File.WriteAllText(path, source);
        return $"{path}: {count} operators of libtorch {shim.Version}.";
    }

    /// <summary>Why the file is stale; null when it is current or was made from another version of libtorch.</summary>
    /// <remarks>Schemas differ in details between versions, so only the version that the file was made from can tell.</remarks>
    public string? Staleness()
    {
        var found = File.Exists(path) ? File.ReadAllText(path) : "";
        if (SourceWriter.VersionOf(found) is { } version && version != shim.Version)
        {
            return null;
        }

        return found == Source(out _) ? null : $"{path} is stale: run tools/AtenGenerator in the repository's root.";
    }

    private string Source(out int count)
    {
        var schemas = OperatorList.Resolve(File.ReadAllLines(Path.Combine(root, "src/Torch/operators.txt")), shim.ReadSchemas());
        count = schemas.Count;
        return SourceWriter.Write(schemas, shim.Version);
    }
}
