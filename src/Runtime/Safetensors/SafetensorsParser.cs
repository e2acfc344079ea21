using System.Text.Json;
using System.Text.Unicode;

namespace Dsl.Runtime;

/// <summary>Reads the header's JSON and believes nothing: every number is checked before memory is asked for.</summary>
/// <param name="path">The file, for messages.</param>
internal sealed class SafetensorsParser(string path)
{
    private const int MostDimensions = 64;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly List<SafetensorsEntry> entries = [];
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);

    /// <param name="text">The header.</param>
    /// <param name="start">Where in the file the elements begin.</param>
    /// <param name="available">The bytes of the file after the header.</param>
    public SafetensorsHeader Parse(ReadOnlyMemory<byte> text, long start, long available)
    {
        using var document = ParseJson(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("the header is not a JSON object.");
        }

        foreach (var property in document.RootElement.EnumerateObject())
        {
            var name = Name(property);
            if (!names.Add(name))
            {
                throw Wrong($"'{name}' is there twice.");
            }

            if (name == "__metadata__")
            {
                ReadMetadata(property.Value);
            }
            else
            {
                entries.Add(ReadEntry(name, property.Value));
            }
        }

        CheckLayout(available);
        return new SafetensorsHeader(start, entries, metadata);
    }

    private JsonDocument ParseJson(ReadOnlyMemory<byte> text)
    {
        // The JSON reader looks into strings only when somebody asks for them.
        if (!Utf8.IsValid(text.Span))
        {
            throw Wrong("the header is not UTF-8 text.");
        }

        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: the header is not JSON: {error.Message}", error);
        }
    }

    private void ReadMetadata(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("'__metadata__' is not an object.");
        }

        foreach (var property in element.EnumerateObject())
        {
            var name = Name(property);
            if (property.Value.ValueKind != JsonValueKind.String)
            {
                throw Wrong($"'{name}' in '__metadata__' is not a string.");
            }

            if (!metadata.TryAdd(name, Text(property.Value)))
            {
                throw Wrong($"'{name}' is in '__metadata__' twice.");
            }
        }
    }

    private SafetensorsEntry ReadEntry(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(name, "is not described by an object.");
        }

        var code = Member(name, element, "dtype");
        var (type, size) = SafetensorsTypes.Find(code.ValueKind == JsonValueKind.String ? Text(code) : null)
            ?? throw Wrong(name, $"has dtype {code.GetRawText()}; known are {SafetensorsTypes.Codes}.");
        var shape = Numbers(name, element, "shape");
        if (shape.Length > MostDimensions)
        {
            throw Wrong(name, $"has {shape.Length} dimensions; at most {MostDimensions} are possible.");
        }

        var offsets = Numbers(name, element, "data_offsets");
        if (offsets.Length != 2)
        {
            throw Wrong(name, $"has {offsets.Length} data_offsets instead of two.");
        }

        var (begin, end) = (offsets[0], offsets[1]);
        if (begin > end)
        {
            throw Wrong(name, $"begins at byte {begin}, after its end at byte {end}.");
        }

        var needed = Bytes(name, shape, size);
        if (needed != end - begin)
        {
            throw Wrong(
                name,
                $"has shape [{string.Join(", ", shape)}] and dtype {Text(code)}, which are {needed} bytes, " +
                $"but data_offsets span {end - begin}.");
        }

        return new SafetensorsEntry(name, type, shape, begin, end);
    }

    private long Bytes(string name, long[] shape, int size)
    {
        // A tensor without elements has strides all the same, and they must be numbers too.
        var bytes = (Int128)size;
        foreach (var length in shape)
        {
            bytes *= Math.Max(length, 1);
            if (bytes > long.MaxValue)
            {
                throw Wrong(name, $"has shape [{string.Join(", ", shape)}], which is more than any file can hold.");
            }
        }

        return shape.Contains(0) ? 0 : (long)bytes;
    }

    private JsonElement Member(string name, JsonElement element, string member)
    {
        var found = element.EnumerateObject().Where(property => Name(property) == member).Take(2).ToArray();
        return found.Length switch
        {
            1 => found[0].Value,
            0 => throw Wrong(name, $"has no {member}."),
            _ => throw Wrong(name, $"has {member} twice."),
        };
    }

    private long[] Numbers(string name, JsonElement element, string member)
    {
        var list = Member(name, element, member);
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(name, $"has a {member} that is not a list.");
        }

        var numbers = new long[list.GetArrayLength()];
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number) || number < 0)
            {
                throw Wrong(name, $"has {item.GetRawText()} in its {member}, which is not a size.");
            }

            numbers[index++] = number;
        }

        return numbers;
    }

    /// <summary>The tensors must fill the rest of the file, one after another.</summary>
    private void CheckLayout(long available)
    {
        entries.Sort((left, right) =>
            left.Begin != right.Begin ? left.Begin.CompareTo(right.Begin) : left.End.CompareTo(right.End));
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin < end)
            {
                throw Wrong(entry.Name, $"begins at byte {entry.Begin}, inside the tensor before it, which ends at byte {end}.");
            }

            if (entry.Begin > end)
            {
                throw Wrong(
                    entry.Name,
                    $"begins at byte {entry.Begin}, but what is before it ends at byte {end}: nothing may lie between.");
            }

            end = entry.End;
            if (end > available)
            {
                throw Wrong(
                    entry.Name,
                    $"ends at byte {end}, but only {available} bytes follow the header: the file is cut short.");
            }
        }

        if (end < available)
        {
            throw Wrong($"{available - end} bytes follow the last tensor.");
        }
    }

    private string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException error)
        {
            throw HalfCharacter(error);
        }
    }

    private string Text(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException error)
        {
            throw HalfCharacter(error);
        }
    }

    // In a JSON text that is UTF-8 nothing else can be wrong with a string.
    private InvalidDataException HalfCharacter(Exception error) => new(
        $"{path}: a text in the header holds half a character, an escape from \\ud800 to \\udfff without its other half.", error);

    private InvalidDataException Wrong(string name, string what) => new($"{path}: tensor '{name}' {what}");

    private InvalidDataException Wrong(string what) => new($"{path}: {what}");
}
