using System.Globalization;
using System.Text;

namespace Dsl.Runtime;

/// <summary>How a file of separated values is written.</summary>
public sealed record CsvFormat
{
    /// <summary>What stands between two values. Null: the one of comma, semicolon, tab, | and space at which the first line has
    /// the declared columns.</summary>
    public char? Separator { get; init; }

    /// <summary>What stands before the decimals of a number.</summary>
    public char Decimal { get; init; } = '.';

    /// <summary>What stands between the thousands of a number; null for nothing.</summary>
    public char? Thousands { get; init; }

    /// <summary>Whether the first line names the columns.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Lines in front that are not part of the table.</summary>
    public int SkippedLines { get; init; }

    /// <summary>A line that begins with it is a comment; null where no line is one.</summary>
    public char? Comment { get; init; }

    /// <summary>Texts that say, beside an empty cell, that a value is missing.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The encoding of a file that begins with no mark of one.</summary>
    public Encoding Encoding { get; init; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>How its numbers are read.</summary>
    internal NumberFormatInfo Numbers() => new()
    {
        NumberDecimalSeparator = Decimal.ToString(),
        NumberGroupSeparator = Thousands?.ToString() ?? "",
        NegativeSign = "-",
        PositiveSign = "+",
    };

    /// <exception cref="ArgumentException">Two of the characters are one, or one is part of numbers or ends a line.</exception>
    internal void Require()
    {
        if (Separator is { } separator
            && (char.IsAsciiDigit(separator) || "+-\"\r\n#".Contains(separator, StringComparison.Ordinal)))
            throw new ArgumentException($"{CsvText.Name(separator)} cannot stand between values.", nameof(Separator));
        if (Separator == Decimal)
        {
            throw new ArgumentException(
                $"{CsvText.Name(Decimal)} cannot stand both between values and before decimals.", nameof(Separator));
        }

        if (Thousands == Decimal || (Thousands is { } group && group == Separator))
        {
            throw new ArgumentException(
                $"{CsvText.Name(Thousands.Value)} between thousands has another use in this format.", nameof(Thousands));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(SkippedLines);
    }
}
