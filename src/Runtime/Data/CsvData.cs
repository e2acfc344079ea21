using nietras.SeparatedValues;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Numbers in a text file, a sample on each line; plain or gzip.</summary>
/// <remarks>
/// Blank lines and lines that start with # are skipped. Numbers use a point, whatever the machine's language. Spaces and tabs
/// around a value are ignored unless they are the separator: then one at an end of a line stands beside a missing value.
/// </remarks>
public static class CsvData
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; every line holds the same number of values.</param>
    /// <param name="shape">Shape of one sample, as [1, 8, 8]; empty for a flat one. Its size is the number of values beside the
    /// label.</param>
    /// <param name="labelColumn">Column of the label, a whole number at least 0; −1 is the last one.</param>
    /// <param name="scale">Factor of every value.</param>
    /// <param name="separator">What stands between two values, as ',' or '\t'.</param>
    /// <param name="hasHeader">Whether the first line that is neither blank nor a comment names the columns.</param>
    /// <returns>Inputs [N, shape] float32 and labels [N]; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">The separator is a part of numbers, quoted texts or comments, ends a line, or is not
    /// of ASCII.</exception>
    /// <exception cref="InvalidDataException">A line does not fit, and the message names it; or a gzip file is damaged or cut
    /// short.</exception>
    public static InMemoryData Load(
        string path,
        ReadOnlySpan<long> shape = default,
        int labelColumn = -1,
        double scale = 1,
        char separator = ',',
        bool hasHeader = false)
    {
        if (char.IsAsciiDigit(separator) || "+-.eE#\"\r\n".Contains(separator, StringComparison.Ordinal)
            || !char.IsAscii(separator))
        {
            throw new ArgumentException(
                $"{CsvText.Name(separator)} cannot stand between values: it is part of numbers, quoted texts, comments or line "
                    + $"ends, "
                + "or not of ASCII.",
                nameof(separator));
        }

        using var text = new StreamReader(DataFile.Open(path));
        using var reader = Sep.New(separator).Reader(options => options with
        {
            HasHeader = false,
            Unescape = true,
            DisableColCountCheck = true,
        }).From(text);
        var table = new CsvTable(path, labelColumn, separator, hasHeader);
        foreach (var row in reader)
        {
            table.Add(row);
        }

        return table.Build(shape, (float)scale);
    }
}
