using System.Globalization;

namespace Dsl.Runtime;

/// <summary>What the text of a line and of a value says, and what it was perhaps meant to say.</summary>
internal static class CsvText
{
    private const string Separators = "\t;,| ";

    /// <summary>A line without the white space at its ends. A separator that is white space stays: a value may be missing beside
    /// it.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> line, char separator)
    {
        var (start, end) = (0, line.Length);
        while (start < end && IsPadding(line[start], separator))
        {
            start++;
        }

        while (end > start && IsPadding(line[end - 1], separator))
        {
            end--;
        }

        return line[start..end];

        static bool IsPadding(char character, char separator) => character != separator && char.IsWhiteSpace(character);
    }

    /// <summary>Whether a value is a finite number.</summary>
    public static bool IsNumber(ReadOnlySpan<char> field, out float value) =>
        float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);

    /// <summary>Whether no value of a line is a number, as where a line names the columns.</summary>
    public static bool HasNoNumber(ReadOnlySpan<char> line, char separator)
    {
        foreach (var range in line.Split(separator))
        {
            if (float.TryParse(line[range].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether every value of a line is a number, as in a sample.</summary>
    public static bool IsNumbers(ReadOnlySpan<char> line, char separator)
    {
        foreach (var range in line.Split(separator))
        {
            if (!IsNumber(line[range].Trim(), out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The question whether another separator was meant, where a text holds one; else nothing.</summary>
    public static string AskForSeparator(ReadOnlySpan<char> text, char separator)
    {
        foreach (var candidate in Separators)
        {
            if (candidate != separator && text.Contains(candidate))
            {
                return $". It holds {Name(candidate)}: is that the separator?";
            }
        }

        return string.Empty;
    }

    /// <summary>A character as C# spells it.</summary>
    public static string Name(char character) => character switch
    {
        '\t' => "'\\t'",
        '\r' => "'\\r'",
        '\n' => "'\\n'",
        _ => $"'{character}'",
    };
}
