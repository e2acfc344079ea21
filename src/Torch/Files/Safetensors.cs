using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Torch;

/// <summary>
/// Files of named tensors that every library of the field reads: https://github.com/huggingface/safetensors. A JSON header
/// says where each tensor's plain bytes lie, so that reading one can execute nothing.
/// </summary>
public static unsafe class Safetensors
{
    /// <summary>Writes a file. The tensors go to a temporary file first, so that a failure leaves the one that was there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors by name, on any device; they are written in row-major order.</param>
    /// <param name="metadata">Texts to keep with them.</param>
    /// <exception cref="ArgumentException">A tensor's type is not in the format (complex numbers).</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var entries = Place(tensors);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                new SafetensorsHeader(entries, metadata ?? new Dictionary<string, string>()).Write(stream);
                entries.ForEach(entry => WriteElements(stream, tensors[entry.Name]));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where the tensors shall live; the CPU when not given.</param>
    /// <returns>The tensors by name, the caller's to dispose, and the file's texts.</returns>
    /// <exception cref="InvalidDataException">It is no safetensors file, or a damaged one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(
        string path, Device? device = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            var header = SafetensorsHeader.Read(stream);
            var start = stream.Position;
            foreach (var entry in header.Entries)
            {
                stream.Position = start + entry.Begin;
                tensors.Add(entry.Name, ReadElements(stream, entry, device));
            }

            return (tensors, header.Metadata);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or EndOfStreamException
            or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException or ArgumentException)
        {
            foreach (var tensor in tensors.Values)
            {
                tensor.Dispose();
            }

            throw new InvalidDataException($"{path} is not a whole safetensors file: {error.Message}", error);
        }
    }

    /// <summary>Larger elements first, then by name: every tensor is aligned, and equal content gives equal files.</summary>
    private static List<SafetensorsEntry> Place(IReadOnlyDictionary<string, Tensor> tensors)
    {
        var unplaced = tensors.Select(pair => Describe(pair.Key, pair.Value)).ToList();
        var placed = new List<SafetensorsEntry>();
        var position = 0L;
        foreach (var entry in unplaced.OrderByDescending(entry => entry.ElementSize).ThenBy(entry => entry.Name, StringComparer.Ordinal))
        {
            placed.Add(entry with { Begin = position, End = position + entry.End });
            position += entry.End;
        }

        return placed;
    }

    private static SafetensorsEntry Describe(string name, Tensor tensor)
    {
        var handle = tensor.Handle;
        var type = (ScalarType)NativeMethods.TensorScalarType(handle);
        if (!SafetensorsEntry.Holds(type))
        {
            throw new ArgumentException($"'{name}' has elements of type {type}, which safetensors files do not hold.", nameof(tensor));
        }

        var shape = new ReadOnlySpan<long>(NativeMethods.TensorSizes(handle), NativeMethods.TensorDim(handle)).ToArray();
        var entry = new SafetensorsEntry(name, type, shape, 0, NativeMethods.TensorNumel(handle) * NativeMethods.TensorElementSize(handle));
        GC.KeepAlive(tensor);
        return entry;
    }

    // Through the tensor's memory and not through spans, which end at 2 GiB.
    private static void WriteElements(FileStream stream, Tensor tensor)
    {
        using var scope = Aten.NoAutograd();
        using var local = Aten.to(tensor, device: new Device(DeviceType.CPU));
        using var rows = Aten.contiguous(local);
        var bytes = NativeMethods.TensorNumel(rows.Handle) * NativeMethods.TensorElementSize(rows.Handle);
        if (bytes > 0)
        {
            using var memory = new UnmanagedMemoryStream((byte*)NativeMethods.TensorData(rows.Handle), bytes);
            memory.CopyTo(stream);
        }
    }

    private static Tensor ReadElements(FileStream stream, SafetensorsEntry entry, Device? device)
    {
        var tensor = Aten.empty(entry.Shape, entry.Type);
        var memory = (byte*)NativeMethods.TensorData(tensor.Handle);
        for (long done = 0, length = entry.End - entry.Begin; done < length;)
        {
            var part = new Span<byte>(memory + done, (int)Math.Min(length - done, 1 << 30));
            stream.ReadExactly(part);
            done += part.Length;
        }

        if (device is null || device.type == DeviceType.CPU)
        {
            return tensor;
        }

        using (tensor)
        {
            return Aten.to(tensor, device: device);
        }
    }
}
