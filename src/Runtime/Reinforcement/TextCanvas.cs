namespace Dsl.Runtime;

/// <summary>Characters at places, for environments that draw themselves.</summary>
/// <param name="width">Columns.</param>
/// <param name="height">Rows.</param>
internal sealed class TextCanvas(int width, int height)
{
    private readonly char[] _cells = [.. Enumerable.Repeat(' ', width * height)];

    /// <summary>Writes a character at the nearest cell; one that lies outside is left out.</summary>
    public void Put(double column, double row, char character)
    {
        int x = (int)Math.Round(column), y = (int)Math.Round(row);
        if (x >= 0 && x < width && y >= 0 && y < height) _cells[y * width + x] = character;
    }

    /// <summary>Writes a straight line of one character.</summary>
    public void Line(double column, double row, double toColumn, double toRow, char character)
    {
        int steps = (int)Math.Ceiling(2 * Math.Max(Math.Abs(toColumn - column), Math.Abs(toRow - row))) + 1;
        for (int i = 0; i <= steps; i++)
        {
            double part = (double)i / steps;
            Put(column + part * (toColumn - column), row + part * (toRow - row), character);
        }
    }

    /// <summary>The rows, each of full width, and a line below them.</summary>
    public string Text(string caption) => string.Concat(Enumerable.Range(0, height)
        .Select(row => new string(_cells, row * width, width) + "\n")) + caption;
}
