using System.Globalization;
using System.Text.Json;

namespace Dsl.Runtime;

/// <summary>Numbers in JSON; those that it cannot write are texts: "NaN", "Infinity", "-Infinity".</summary>
internal static class JsonNumber
{
    public static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    /// <exception cref="FormatException">It is no number.</exception>
    public static double Read(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? double.Parse(json.GetString()!, CultureInfo.InvariantCulture)
        : json.GetDouble();
}
