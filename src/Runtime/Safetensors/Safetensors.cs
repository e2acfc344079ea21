using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Tensors and text in one file, in the safetensors format that every Python library reads.</summary>
/// <remarks>
/// A file is the length of a header (8 bytes, little-endian), the header in JSON (name, element type, shape and place of
/// each tensor), and the elements one after another, row-major and little-endian.
/// </remarks>
public static class Safetensors
{
    /// <summary>The elements of the file begin at a multiple of this many bytes, so that they can be mapped.</summary>
    internal const int Alignment = 8;

    /// <summary>Bytes copied at a time.</summary>
    internal const int StreamBuffer = 1 << 20;

    /// <summary>
    /// Writes a file: under another name in the same folder first, which replaces the file when it is complete and on disk, so
    /// that a crash leaves the old file or the new one.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors by name, written in this order; equal contents give equal bytes.</param>
    /// <param name="metadata">Text by name, or null.</param>
    /// <exception cref="ArgumentException">A name is empty or reserved, or a tensor's type has no code in the format.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static void Write(
        string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var header = SafetensorsHeader.Write(tensors, metadata);
        var full = Path.GetFullPath(path);
        var temporary = $"{full}.{Environment.ProcessId}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, StreamBuffer))
            {
                stream.Write(header);
                foreach (var (_, tensor) in tensors)
                {
                    using var scope = NewDisposeScope();
                    using var unrecorded = no_grad();
                    tensor.detach().cpu().contiguous().WriteBytesToStream(stream, StreamBuffer);
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where the tensors go; the processor's memory when not given.</param>
    /// <returns>The tensors, outside all dispose scopes and the caller's to dispose, and the text.</returns>
    /// <exception cref="InvalidDataException">The file is not in the format; the message says what is wrong where.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static SafetensorsFile Read(string path, Device? device = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, StreamBuffer);
        var header = SafetensorsHeader.Read(path, stream);
        var tensors = new OrderedDictionary<string, Tensor>(header.Tensors.Count, StringComparer.Ordinal);
        try
        {
            foreach (var entry in header.Tensors)
            {
                stream.Position = header.Start + entry.Begin;
                tensors.Add(entry.Name, ReadElements(stream, entry, device).DetachFromDisposeScope());
            }
        }
        catch
        {
            foreach (var tensor in tensors.Values)
            {
                tensor.Dispose();
            }

            throw;
        }

        return new SafetensorsFile(tensors, header.Metadata);
    }

    private static Tensor ReadElements(FileStream stream, SafetensorsEntry entry, Device? device)
    {
        var tensor = empty(entry.Shape, entry.Type);
        tensor.ReadBytesFromStream(stream, StreamBuffer);
        return device is null ? tensor : tensor.to(device, disposeAfter: true);
    }
}
