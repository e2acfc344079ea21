namespace Dsl.Runtime;

/// <summary>How an ONNX file is written.</summary>
public sealed record OnnxOptions
{
    /// <summary>Whether weights of a kilobyte or more lie in a second file beside the first, whose name ends in
    /// <c>.data</c>. A file holds less than 2 GB, so that larger models need it.</summary>
    public bool ExternalData { get; init; }

    /// <summary>Further entries of the file's <c>metadata_props</c>. Keys that begin with <c>dsl.</c> are the
    /// compiler's.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
