using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Dsl.Runtime;

/// <summary>Reports as text without colours, and parts that they share.</summary>
internal static class ReportText
{
    private const int Width = 160;

    /// <summary>The process's console; without colours where it is redirected, whatever a terminal's name promises.</summary>
    public static IAnsiConsole ProcessConsole() => Console.IsOutputRedirected ? Plain(Console.Out) : AnsiConsole.Console;

    /// <summary>What a report writes, as text.</summary>
    public static string Of(Action<IAnsiConsole> write)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        write(Plain(writer));
        return string.Join('\n', writer.ToString().Split('\n').Select(line => line.TrimEnd())).TrimEnd();
    }

    /// <summary>A table whose first column names things and whose others are numbers.</summary>
    public static Table Table(params IEnumerable<string> headers)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string header in headers)
            table.AddColumn(new TableColumn(Markup.Escape(header)) { NoWrap = true, Alignment = table.Columns.Count == 0
                ? Justify.Left : Justify.Right });
        return table;
    }

    /// <summary>A line of a table.</summary>
    public static void Row(this Table table, params IEnumerable<string> cells) =>
        table.AddRow([.. cells.Select(cell => (IRenderable)new Text(cell))]);

    /// <summary>A time for eyes: 0.21 s, 12.3 s, 4 min 05 s, 2 h 03 min.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 10 => time.TotalSeconds.ToString("0.0# s", CultureInfo.InvariantCulture),
        < 60 => time.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h {time.Minutes:00} min"),
    };

    private static IAnsiConsole Plain(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
