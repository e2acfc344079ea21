using System.Globalization;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dsl.Runtime;

/// <summary>Curves in a terminal, of Braille characters: two dots by four in each.</summary>
/// <param name="width">Characters, the numbers at the left included.</param>
/// <param name="height">Lines, that of the numbers below included.</param>
internal sealed class BrailleChart(int width, int height)
{
    private const int Margin = 9;

    // The bits of a cell's dots, row by row (Unicode, Braille Patterns).
    private static readonly int[,] Dots = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly List<(string Name, string Color, IReadOnlyList<(double X, double Y)> Points)> _series = [];

    /// <summary>Adds a curve; points that are not finite are left out.</summary>
    /// <param name="name">Its name in the legend.</param>
    /// <param name="color">A colour of Spectre's.</param>
    /// <param name="points">In order of X.</param>
    public BrailleChart Add(string name, string color, IEnumerable<(double X, double Y)> points)
    {
        (double X, double Y)[] finite = [.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        if (finite.Length > 0) _series.Add((name, color, finite));
        return this;
    }

    /// <summary>The chart: a legend, the curves with the least and the largest value at their left, the range of X
    /// below.</summary>
    /// <param name="title">Stands before the legend.</param>
    public IRenderable Render(string title)
    {
        string legend = string.Concat(_series.Select(series => $"  [{series.Color}]━ {Markup.Escape(series.Name)}[/]"));
        var lines = new List<string> { $"[bold]{Markup.Escape(title)}[/]{legend}" };
        if (_series.Count == 0) return new Rows(lines.Select(line => new Markup(line)));
        var points = _series.SelectMany(series => series.Points).ToList();
        var (left, right) = Range(points.Select(point => point.X));
        var (low, high) = Range(points.Select(point => point.Y));
        int columns = Math.Max(8, width - Margin - 2), rows = Math.Max(2, height - 2);
        var cells = new int[rows, columns];
        var colors = new string?[rows, columns];
        foreach (var (_, color, curve) in _series)
        {
            (int X, int Y)? before = null;
            foreach (var (x, y) in curve)
            {
                var dot = (X: Place(x, left, right, columns * 2 - 1), Y: rows * 4 - 1 - Place(y, low, high, rows * 4 - 1));
                foreach (var (column, row) in Line(before ?? dot, dot))
                {
                    cells[row / 4, column / 2] |= Dots[row % 4, column % 2];
                    colors[row / 4, column / 2] = color;
                }

                before = dot;
            }
        }

        for (int row = 0; row < rows; row++)
        {
            string label = row == 0 ? EvaluationText.Number(high) : row == rows - 1 ? EvaluationText.Number(low) : "";
            lines.Add($"[grey]{label,Margin} │[/]{Cells(cells, colors, row)}");
        }

        string first = left.ToString("0", CultureInfo.InvariantCulture), last = right.ToString("0", CultureInfo.InvariantCulture);
        string between = new(' ', Math.Max(1, columns - first.Length - last.Length));
        lines.Add($"[grey]{new string(' ', Margin + 2)}{first}{between}{last}[/]");
        return new Rows(lines.Select(line => new Markup(line)));
    }

    private static string Cells(int[,] cells, string?[,] colors, int row)
    {
        var text = new StringBuilder();
        for (int column = 0; column < cells.GetLength(1); column++)
        {
            // An empty pattern is as wide as a full one in every font; a blank need not be.
            char cell = (char)(0x2800 + cells[row, column]);
            if (colors[row, column] is { } color) text.Append(CultureInfo.InvariantCulture, $"[{color}]{cell}[/]");
            else text.Append(cell);
        }

        return text.ToString();
    }

    private static (double Low, double High) Range(IEnumerable<double> numbers)
    {
        double low = numbers.Min(), high = numbers.Max();
        return low < high ? (low, high) : (low, low + Math.Max(1, Math.Abs(low)));
    }

    private static int Place(double value, double low, double high, int last) =>
        (int)Math.Round((value - low) / (high - low) * last);

    private static IEnumerable<(int X, int Y)> Line((int X, int Y) from, (int X, int Y) to)
    {
        int steps = Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y));
        for (int step = 0; step <= steps; step++)
        {
            double share = steps == 0 ? 0 : (double)step / steps;
            yield return ((int)Math.Round(from.X + share * (to.X - from.X)), (int)Math.Round(from.Y + share * (to.Y - from.Y)));
        }
    }
}
