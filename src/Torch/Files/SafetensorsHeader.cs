using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Dsl.Torch;

/// <summary>The header of a safetensors file: its length in 8 bytes, then JSON that says where each tensor's bytes lie.</summary>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    private const string MetadataKey = "__metadata__";

    /// <summary>The limit of the reference implementation: a longer header is a file of something else.</summary>
    private const long MaxLength = 100_000_000;

    public void Write(Stream stream)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            WriteMetadata(writer);
            foreach (var entry in Entries)
            {
                WriteEntry(writer, entry);
            }

            writer.WriteEndObject();
        }

        // Spaces up to a multiple of 8 keep the data aligned for readers that map the file.
        var padding = (8 - (json.WrittenCount % 8)) % 8;
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.WrittenCount + padding);
        stream.Write(length);
        stream.Write(json.WrittenSpan);
        stream.Write("       "u8[..padding]);
    }

    /// <exception cref="InvalidDataException">The stream does not begin with such a header.</exception>
    public static SafetensorsHeader Read(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > MaxLength || length > stream.Length - 8)
        {
            throw new InvalidDataException($"a header of {length} bytes cannot be");
        }

        var json = new byte[length];
        stream.ReadExactly(json);
        using var document = JsonDocument.Parse(json);
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
            {
                metadata = property.Value.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString() ?? "");
            }
            else
            {
                entries.Add(ReadEntry(property, stream.Length - 8 - length));
            }
        }

        return new SafetensorsHeader(entries, metadata);
    }

    private void WriteMetadata(Utf8JsonWriter writer)
    {
        if (Metadata.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(MetadataKey);
        foreach (var (key, value) in Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter writer, SafetensorsEntry entry)
    {
        writer.WriteStartObject(entry.Name);
        writer.WriteString("dtype", entry.Code);
        writer.WriteStartArray("shape");
        Array.ForEach(entry.Shape, writer.WriteNumberValue);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(entry.Begin);
        writer.WriteNumberValue(entry.End);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static SafetensorsEntry ReadEntry(JsonProperty property, long available)
    {
        var code = property.Value.GetProperty("dtype").GetString();
        var type = SafetensorsEntry.TypeOf(code)
            ?? throw new InvalidDataException($"'{property.Name}' has elements of type {code}, which is not supported");
        var shape = property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var offsets = property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] > available || Array.Exists(shape, size => size < 0))
        {
            throw new InvalidDataException($"'{property.Name}' lies outside the file");
        }

        var entry = new SafetensorsEntry(property.Name, type, shape, offsets[0], offsets[1]);
        var expected = shape.Aggregate((long)entry.ElementSize, (product, size) => checked(product * size));
        return expected == entry.End - entry.Begin
            ? entry
            : throw new InvalidDataException($"'{property.Name}' needs {expected} bytes, but has {entry.End - entry.Begin}");
    }
}
