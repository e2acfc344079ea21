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
        Write(path, tensors, SafetensorsHeader.Write(tensors, metadata));
    }

    /// <summary>Writes a file with a checksum of all its bytes in its metadata.</summary>
    internal static void WriteWithChecksum(
        string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var blank = new Dictionary<string, string>(metadata) { [FileChecksum.Key] = FileChecksum.Blank };
        var header = SafetensorsHeader.Write(tensors, blank);
        Write(path, tensors, header, FileChecksum.Find(header, FileChecksum.Blank));
    }

    // The place of a checksum's digits in the header; without one there is none.
    private static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, byte[] header, int checksumPlace = -1)
    {
        TemporaryFile.RemoveLeftovers(path);
        using var file = new TemporaryFile(path);
        file.Fill(stream =>
        {
            using var checksum = new Sha256Stream(stream);
            Stream content = checksumPlace < 0 ? stream : checksum;
            content.Write(header);
            foreach (var (_, tensor) in tensors)
            {
                using var scope = NewDisposeScope();
                using var unrecorded = no_grad();
                tensor.detach().cpu().contiguous().WriteBytesToStream(content, StreamBuffer);
            }

            if (checksumPlace >= 0)
            {
                FileChecksum.Fill(header, checksumPlace, checksum.Checksum());
                stream.Position = 0;
                stream.Write(header);
            }
        });
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
        return Read(path, device, isChecked: false);
    }

    /// <summary>Reads weights from elsewhere: a safetensors file, or a state dictionary that <c>torch.save</c> wrote.</summary>
    /// <exception cref="InvalidDataException">The file is in neither format.</exception>
    internal static SafetensorsFile ReadForeign(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return PyTorchFile.Is(path) ? new SafetensorsFile(PyTorchFile.Read(path), new Dictionary<string, string>()) : Read(path);
    }

    /// <summary>
    /// Reads a file whole, into the processor's memory, and holds it against its checksum where its metadata has one.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not in the format, or not as it was written.</exception>
    internal static SafetensorsFile ReadAndCheck(string path) => Read(path, null, isChecked: true);

    private static SafetensorsFile Read(string path, Device? device, bool isChecked)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, StreamBuffer);
        var header = SafetensorsHeader.Read(path, stream);
        using var checksum = new Sha256Stream(stream);
        var expected = isChecked ? header.Metadata.GetValueOrDefault(FileChecksum.Key) : null;
        if (expected is not null)
        {
            checksum.Add(BlankedHeader(path, stream, header, expected));
        }

        Stream content = expected is null ? stream : checksum;
        var tensors = new OrderedDictionary<string, Tensor>(header.Tensors.Count, StringComparer.Ordinal);
        try
        {
            foreach (var entry in header.Tensors)
            {
                stream.Position = header.Start + entry.Begin;
                tensors.Add(entry.Name, ReadElements(content, entry, device).DetachFromDisposeScope());
            }

            if (expected is not null && checksum.Checksum() != expected)
            {
                throw NotAsWritten(path);
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

    private static byte[] BlankedHeader(string path, FileStream stream, SafetensorsHeader header, string checksum)
    {
        var bytes = new byte[header.Start];
        stream.Position = 0;
        stream.ReadExactly(bytes);
        var place = FileChecksum.Find(bytes, checksum);
        if (place < 0)
        {
            throw NotAsWritten(path);
        }

        FileChecksum.Fill(bytes, place, FileChecksum.Blank);
        return bytes;
    }

    private static InvalidDataException NotAsWritten(string path) => new(
        $"{path} is damaged: its content has another checksum than the '{FileChecksum.Key}' in its metadata. Where a program "
        + "changed it on purpose, that program must leave this entry out.");

    private static Tensor ReadElements(Stream stream, SafetensorsEntry entry, Device? device)
    {
        var tensor = empty(entry.Shape, entry.Type);
        tensor.ReadBytesFromStream(stream, StreamBuffer);
        return device is null ? tensor : tensor.to(device, disposeAfter: true);
    }
}
