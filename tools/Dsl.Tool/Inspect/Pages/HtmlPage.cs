using System.Xml.Linq;
using Dsl.Generator.Emitting;
using Dsl.Generator.Notation;
using Dsl.Generator.Programs;
using Dsl.Inspect.Diagrams;
using Dsl.Inspect.Formulas;
using Dsl.Inspect.Reports;

namespace Dsl.Inspect.Pages;

/// <summary>Models and trainers as one page that needs no network: tables, formulas, diagrams, and the generated files beside
/// their declarations.</summary>
internal static class HtmlPage
{
    /// <param name="title">The name of the project.</param>
    /// <param name="types">What is shown.</param>
    /// <param name="findings">What the compiler finds wrong in the declarations, each with its place.</param>
    public static string Write(string title, IReadOnlyList<InspectedType> types, params IReadOnlyList<string> findings)
    {
        var body = new XElement("body",
            new XElement("h1", title),
            new XElement(
                "p", new XAttribute("class", "note"), "What the Dsl compiler makes of the declarations of this project."),
            Findings(findings),
            Overview(types),
            types.Select(type => type is InspectedTrainer trainer ? Trainer(trainer) : Model(type)));
        var html = new XElement("html", new XAttribute("lang", "en"),
            new XElement("head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"),
                    new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", title),
                new XElement("style", StyleSheet())),
            body);

        // No indentation: it would show in the code. HTML knows no <div/>.
        foreach (var empty in html.Descendants()
            .Where(element => element.IsEmpty && element.Name.LocalName is not ("meta" or "path" or "rect" or "mspace")))
            empty.Value = "";
        return $"<!DOCTYPE html>\n{html.ToString(SaveOptions.DisableFormatting)}\n";
    }

    private static IEnumerable<XElement> Model(InspectedType type)
    {
        var network = type.Network();
        yield return Heading(type);
        yield return new XElement(
            "p", $"Model, {NetworkSignature.Shapes(network.Inputs)} → {NetworkSignature.Shapes(network.Results)}");
        yield return new XElement("h3", "Layers");
        yield return Scroll(Layers(type.Table()));
        yield return new XElement("p", new XAttribute("class", "note"),
            "FLOPs and bytes are those of one sample’s forward pass; a multiply-add counts as two operations.");
        if (!network.IsOpaque)
        {
            yield return new XElement("h3", "Graph");
            yield return Scroll(SvgWriter.Write(ModelDiagram.Of(network), $"The graph of {type.Type.Name}"));
        }

        yield return new XElement("h3", "Declaration and generated code");
        yield return Code(type);
    }

    private static IEnumerable<XElement> Trainer(InspectedTrainer inspected)
    {
        var trainer = inspected.Program();
        yield return Heading(inspected);
        yield return new XElement("p", $"Trainer of {trainer.Declaration.ModelName}");
        yield return new XElement("h3", "Objective");
        yield return new XElement(
            "div", new XAttribute("class", "formula"), MathMlWriter.Write(FormulaReader.Read(TotalFormula.Of(trainer))));
        yield return Table(
            "symbols", FormulaSymbols.Of(trainer).Select(symbol => (symbol.Letter, ConsoleReport.Explain(symbol))));
        yield return new XElement("h3", "Recipe");
        yield return Table("recipe", TrainerHeader.Rows(trainer).Skip(1));
        yield return Scroll(Numbers(trainer));
        yield return new XElement("h3", "Step");
        yield return Scroll(SvgWriter.Write(StepDiagram.Of(trainer), $"A step of {inspected.Type.Name}"));
        yield return new XElement("h3", $"Model: {trainer.Declaration.ModelName}");
        yield return Scroll(Layers(inspected.Table()));
        yield return new XElement("h3", "Declaration and generated code");
        yield return Code(inspected);
    }

    private static IEnumerable<XElement> Findings(IReadOnlyList<string> findings)
    {
        if (findings.Count == 0) yield break;
        yield return new XElement("h3", $"{findings.Count} finding{(findings.Count == 1 ? "" : "s")}");
        yield return new XElement(
            "ul", new XAttribute("class", "warnings"), findings.Select(finding => new XElement("li", finding)));
    }

    private static IEnumerable<XElement> Overview(IReadOnlyList<InspectedType> types)
    {
        var models = types.Where(type => type is not InspectedTrainer).ToList();
        var trainers = types.OfType<InspectedTrainer>().ToList();
        if (models.Count > 0)
        {
            yield return Scroll(Listing(["model", "input", "output", "parameters", "FLOPs"], 3, models.Select(model =>
            {
                var (network, total) = (model.Network(), model.Table().Total);
                return (model, new[]
                {
                    NetworkSignature.Shapes(network.Inputs), NetworkSignature.Shapes(network.Results),
                    ModelTable.Number(total.Parameters),
                    ModelTable.Number(total.Flops),
                });
            })));
        }

        if (trainers.Count > 0)
        {
            yield return Scroll(Listing(["trainer", "model", "minimises", "update", "numbers"], 5, trainers.Select(inspected =>
            {
                var trainer = inspected.Program();
                return ((InspectedType)inspected, new[]
                {
                    trainer.Declaration.ModelName,
                    string.Join("; ", trainer.PhasesAsReported.Select(phase => TotalFormula.Of(trainer, phase))),
                    string.Join("; ", trainer.Phases.Select(phase => phase.OptimizerName)),
                    string.Join(", ", trainer.Hyperparameters.Where(number => IsMain(number.Name))
                        .Select(number => $"{number.Name} {number.Value}")),
                });
            })));
        }
    }

    // What one asks first of a run.
    private static bool IsMain(string name) => name is "LearningRate" or "Epochs" or "Steps" or "BatchSize";

    private static XElement Listing(string[] headings, int figures, IEnumerable<(InspectedType Type, string[] Cells)> rows) =>
        new("table",
        new XAttribute("class", "layers"),
        new XElement("thead", new XElement("tr", headings.Select((heading, i) => Cell("th", heading, i >= figures)))),
        new XElement("tbody", rows.Select(row => new XElement("tr",
            new XElement("td", new XElement("a", new XAttribute("href", $"#{row.Type.Type.FullName}"), row.Type.Type.Name)),
            row.Cells.Select((cell, i) => Cell("td", cell, i + 1 >= figures))))));

    /// <summary>Every number of the recipe, those that nobody wrote down included.</summary>
    private static XElement Numbers(TrainerProgram trainer) => new("table", new XAttribute("class", "layers numbers"),
        new XElement(
            "thead", new XElement("tr", Cell("th", "number"), Cell("th", "value", true), Cell("th", "range"), Cell("th", "of"))),
        new XElement("tbody", trainer.Hyperparameters.Select(number => new XElement("tr",
            Cell("td", number.Name), Cell("td", number.Value, true), Cell("td", number.Interval.Notation),
            Cell("td", ConsoleReport.Source(number))))));

    private static XElement Heading(InspectedType type) => new("h2", new XAttribute("id", type.Type.FullName), type.Type.Name);

    private static XElement Layers(ModelTable model)
    {
        var rows = model.Rows.Select(row => Row("layer", row)).Append(Row("total", model.Total));
        return new XElement("table", new XAttribute("class", "layers"),
            new XElement(
                "thead", new XElement("tr", ModelTable.Headings.Select((heading, i) => Cell("th", heading, isFigure: i > 2)))),
            new XElement("tbody", rows));
    }

    private static XElement Row(string style, ModelTableRow row) => new("tr", new XAttribute("class", style),
        Cell("td", row.Path), Cell("td", row.Layer + (row.Arguments.Length > 0 ? $"({row.Arguments})" : "") + row.Remark),
        Cell("td", row.Output),
        Cell("td", ModelTable.Number(row.Parameters), true), Cell("td", ModelTable.Number(row.Flops), true),
        Cell("td", ModelTable.Number(row.SavedBytes), true));

    private static XElement Cell(string kind, string text, bool isFigure = false) =>
        isFigure ? new XElement(kind, new XAttribute("class", "figure"), text) : new XElement(kind, text);

    private static XElement Table(string style, IEnumerable<(string Name, string Value)> rows) =>
        new("table", new XAttribute("class", style),
        new XElement(
            "tbody", rows.Select(row => new XElement("tr", new XElement("td", row.Name), new XElement("td", row.Value)))));

    private static XElement Code(InspectedType type) => new("div", new XAttribute("class", "beside"),
        new XElement("div", new XElement("p", new XAttribute("class", "note"), "declared"),
            Scroll(CodeHighlighter.Write(type.Declaration))),
        new XElement("div", new XElement("p", new XAttribute("class", "note"), $"generated: {type.File}"),
            Scroll(CodeHighlighter.Write(type.Generated), "scroll tall")));

    private static XElement Scroll(XElement content, string style = "scroll") =>
        new("div", new XAttribute("class", style), content);

    private static string StyleSheet()
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
