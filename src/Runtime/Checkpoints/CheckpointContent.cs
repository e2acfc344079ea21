using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a checkpoint's file is going to hold.</summary>
/// <param name="Tensors">By their names; finite.</param>
/// <param name="Metadata">Text by name.</param>
internal sealed record CheckpointContent(
    IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Writes the file, in a folder that is created when there is none.</summary>
    /// <exception cref="IOException">It cannot be written, and the file that was there is as it was; the message names
    /// it.</exception>
    public void Write(string path)
    {
        // A folder that is gone is made again, at whatever moment of a save it went: what was in it is where it was brought.
        try
        {
            Checkpoint.CreateFolder(path);
            Safetensors.WriteWithChecksum(path, Tensors, Metadata);
        }
        catch (DirectoryNotFoundException)
        {
            Checkpoint.CreateFolder(path);
            Safetensors.WriteWithChecksum(path, Tensors, Metadata);
        }
    }
}
