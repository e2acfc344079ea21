using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>One tensor of a file: its elements are the bytes [Begin, End) after the header.</summary>
internal readonly record struct SafetensorsEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End);

/// <summary>The header of a safetensors file, checked against the file's length.</summary>
/// <param name="Start">Where in the file the elements begin.</param>
/// <param name="Tensors">The tensors, in the order of their elements.</param>
/// <param name="Metadata">The text by name.</param>
internal sealed record SafetensorsHeader(
    long Start, IReadOnlyList<SafetensorsEntry> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    private const string MetadataName = "__metadata__";

    /// <summary>The format's own bound: a header of more than 100 MB is not believed.</summary>
    private const long LongestHeader = 100_000_000;

    public static byte[] Write(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var text = new MemoryStream();
        text.Write(stackalloc byte[sizeof(long)]);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataName);
                foreach (var (name, value) in metadata)
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            var begin = 0L;
            foreach (var (name, tensor) in tensors)
            {
                begin = WriteTensor(json, name, tensor, begin);
            }

            json.WriteEndObject();
        }

        while (text.Length % Safetensors.Alignment != 0)
        {
            text.WriteByte((byte)' ');
        }

        var bytes = text.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - sizeof(long));
        return bytes;
    }

    /// <exception cref="InvalidDataException">The header is not in the format or does not fit the file.</exception>
    public static SafetensorsHeader Read(string path, Stream stream)
    {
        var whole = stream.Length;
        if (whole < sizeof(long))
        {
            throw new InvalidDataException($"{path}: a safetensors file has at least 8 bytes, this one has {whole}.");
        }

        Span<byte> prefix = stackalloc byte[sizeof(long)];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader || (long)length > whole - sizeof(long))
        {
            throw new InvalidDataException(
                $"{path}: the header is said to have {length} bytes, but the file has {whole} in all.");
        }

        var text = new byte[length];
        stream.ReadExactly(text);
        var start = sizeof(long) + (long)length;
        return new SafetensorsParser(path).Parse(text, start, whole - start);
    }

    private static long WriteTensor(Utf8JsonWriter json, string name, Tensor tensor, long begin)
    {
        if (string.IsNullOrEmpty(name) || name == MetadataName)
        {
            throw new ArgumentException($"A tensor cannot be named '{name}'.");
        }

        if (tensor is null)
        {
            throw new ArgumentException($"Tensor '{name}' is null.");
        }

        var code = SafetensorsTypes.Code(tensor.dtype)
            ?? throw new ArgumentException(
                $"Tensor '{name}' has elements of type {tensor.dtype}, which safetensors cannot hold.");
        var end = begin + checked(tensor.numel() * tensor.element_size());
        json.WriteStartObject(name);
        json.WriteString("dtype", code);
        json.WriteStartArray("shape");
        foreach (var size in tensor.shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
