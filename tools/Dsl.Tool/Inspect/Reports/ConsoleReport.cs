using Dsl.Generator.Emitting;
using Dsl.Generator.Notation;
using Dsl.Generator.Programs;
using Dsl.Inspect.Formulas;
using Spectre.Console;

namespace Dsl.Inspect.Reports;

/// <summary>Models and trainers for a terminal.</summary>
internal sealed class ConsoleReport(IAnsiConsole console)
{
    private static readonly string[] Headings = ["#", "layer", "arguments", "output", "parameters", "FLOPs", "saved bytes"];

    public void Write(InspectedType type)
    {
        console.MarkupLine($"[bold]{Markup.Escape(type.Type.FullName)}[/]");
        if (type is InspectedTrainer trainer) WriteTrainer(trainer);
        else WriteModel(type);
        console.WriteLine();
    }

    private void WriteModel(InspectedType type)
    {
        var network = type.Network();
        console.WriteLine($"{NetworkSignature.Shapes(network.Inputs)} -> {NetworkSignature.Shapes(network.Results)}");
        var model = type.Table();
        var table = new Table { Border = TableBorder.Rounded, ShowFooters = true };
        for (int i = 0; i < Headings.Length; i++)
        {
            var column = new TableColumn(Headings[i]) { Footer = new Text(Footer(model.Total, i)) };
            table.AddColumn(i is 0 or > 3 ? column.RightAligned() : column);
        }

        foreach (var row in model.Rows) table.AddRow(Cells(row).Select(cell => new Text(cell)).ToArray());
        console.Write(table);
        if (model.Trained is { } trained)
            console.WriteLine($"{ModelTable.Number(trained)} of the parameters are trained, the others are frozen.");
        console.WriteLine("FLOPs and bytes are those of one sample's forward pass; a multiply-add counts as two operations.");
    }

    private void WriteTrainer(InspectedTrainer inspected)
    {
        var trainer = inspected.Program();
        console.WriteLine($"trains {trainer.Declaration.ModelName}");
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumns("", "");
        foreach (var (name, value) in TrainerHeader.Rows(trainer)) table.AddRow(new Text(name), new Text(value));
        console.Write(table);

        var numbers = new Table { Border = TableBorder.None, ShowHeaders = false };
        numbers.AddColumns("", "", "");
        foreach (var number in trainer.Hyperparameters)
            numbers.AddRow(new Text($"  {number.Name}"), new Text(number.Value), new Text(Source(number)));
        console.WriteLine("numbers");
        console.Write(numbers);

        var symbols = new Table { Border = TableBorder.None, ShowHeaders = false };
        symbols.AddColumns("", "");
        foreach (var symbol in FormulaSymbols.Of(trainer))
            symbols.AddRow(new Text($"  {symbol.Letter}"), new Text(Explain(symbol)));
        console.WriteLine("where");
        console.Write(symbols);
    }

    /// <summary>The attribute that a number is of, as [Adam].</summary>
    public static string Source(Hyperparameter number)
    {
        int first = number.Summary.IndexOf('[', StringComparison.Ordinal),
        last = number.Summary.IndexOf(']', StringComparison.Ordinal);
        return first >= 0 && last > first ? number.Summary[first..(last + 1)] : "";
    }

    /// <summary>A meaning, with the setting that gives it.</summary>
    public static string Explain(ExplainedSymbol symbol) => symbol switch
    {
        { Setting: { } setting, Value: { } value } => $"{symbol.Meaning}: {setting} = {value}",
        { Setting: { } setting } => $"{symbol.Meaning}: {setting}",
        _ => symbol.Meaning,
    };

    private static string[] Cells(ModelTableRow row) =>
    [
        row.Path, row.Layer + row.Remark, row.Arguments, row.Output,
        ModelTable.Number(row.Parameters), ModelTable.Number(row.Flops), ModelTable.Number(row.SavedBytes),
    ];

    private static string Footer(ModelTableRow total, int column) => Cells(total)[column];
}
