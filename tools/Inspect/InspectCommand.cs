using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Checking;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Notation;
using Dsl.Inspect.Diagrams;
using Dsl.Inspect.Formulas;
using Dsl.Inspect.Pages;
using Dsl.Inspect.Projects;
using Dsl.Inspect.Reports;
using Dsl.Inspect.Stages;
using Microsoft.CodeAnalysis;
using Spectre.Console;

namespace Dsl.Inspect;

/// <summary>What is printed.</summary>
internal enum Form
{
    Table,
    Mermaid,
    Latex,
    Stages,
    Json,
}

/// <summary>The command: loads a project, chooses the types, and prints them.</summary>
internal static class InspectCommand
{
    /// <returns>The exit status: 1 where something is wrong, which is said on the error stream.</returns>
    public static int Run(string path, string? type, string configuration, bool noBuild, string? html, Form form)
    {
        try
        {
            string project = ProjectLoader.Find(path);
            var loaded = ProjectLoader.Load(project, configuration, build: !noBuild);
            var inspection = Inspection.Of(loaded.Compilation, loaded.Options);
            var types = Choose(inspection, type, Path.GetFileName(project));

            // Beside what is printed, which another program may read.
            string[] warnings = [.. Warnings(inspection)];
            foreach (string warning in warnings) Console.Error.WriteLine(warning);
            if (html is not null)
            {
                File.WriteAllText(html, HtmlPage.Write(Path.GetFileNameWithoutExtension(project), types, warnings));
                Console.Error.WriteLine($"{html} shows {Counted(types)}.");
                if (form == Form.Table) return 0;
            }

            Print(types, form);
            return 0;
        }
        catch (InspectionException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
        catch (IOException exception) when (html is not null)
        {
            Console.Error.WriteLine($"'{html}' cannot be written: {exception.Message}");
            return 1;
        }
    }

    /// <summary>The types that are asked for; an exception says what is wrong with the declarations or the name.</summary>
    public static IReadOnlyList<InspectedType> Choose(Inspection inspection, string? name, string project)
    {
        var errors = inspection.Findings.Where(finding => finding.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
            throw new InspectionException(
                $"{project} has findings:\n{string.Join("\n", errors.Select(error => CSharpText(error)))}");
        if (inspection.Types.Count == 0) throw new InspectionException($"{project} declares neither a [Model] nor a [Trainer].");
        if (name is null) return inspection.Types;
        var chosen = inspection.Types.Where(type => type.Type.Name == name || type.Type.FullName == name).ToList();
        return chosen.Count > 0 ? chosen
            : throw new InspectionException($"{project} declares no model or trainer '{name}'{Hint(name, inspection.Types)}");
    }

    /// <summary>What the compiler warns of in the declarations, each with its place, as a build prints it.</summary>
    public static IEnumerable<string> Warnings(Inspection inspection) =>
        inspection.Findings.Where(finding => finding.Severity == DiagnosticSeverity.Warning).Select(CSharpText);

    private static string Hint(string name, IReadOnlyList<InspectedType> types)
    {
        string question = NearName.Question(name, types.SelectMany(type => new[] { type.Type.Name, type.Type.FullName }));
        return question.Length > 0 ? question : $"; it declares {string.Join(", ", types.Select(type => type.Type.Name))}.";
    }

    private static string CSharpText(Diagnostic diagnostic) =>
        Microsoft.CodeAnalysis.CSharp.CSharpDiagnosticFormatter.Instance.Format(diagnostic, CultureInfo.InvariantCulture);

    private static string Counted(IReadOnlyList<InspectedType> types)
    {
        int trainers = types.Count(type => type is InspectedTrainer), models = types.Count - trainers;
        return $"{models} model{(models == 1 ? "" : "s")} and {trainers} trainer{(trainers == 1 ? "" : "s")}";
    }

    private static void Print(IReadOnlyList<InspectedType> types, Form form)
    {
        if (form == Form.Json) Console.WriteLine(JsonReport.Write(types));
        else if (form == Form.Table) PrintTables(types);
        else foreach (var type in types) Console.WriteLine(Text(type, form));
    }

    private static void PrintTables(IReadOnlyList<InspectedType> types)
    {
        // Spectre writes colours, and a width of 80, to files and pipes too.
        var console = Console.IsOutputRedirected
            ? AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors })
            : AnsiConsole.Console;
        if (Console.IsOutputRedirected) console.Profile.Width = 200;
        var report = new ConsoleReport(console);
        foreach (var type in types) report.Write(type);
    }

    /// <summary>A type as text; that of several is told apart by a comment of the language that it is in.</summary>
    public static string Text(InspectedType type, Form form) => (form, type) switch
    {
        (Form.Mermaid, InspectedTrainer trainer) =>
            $"%% a step of {type.Type.FullName}\n{MermaidWriter.Write(StepDiagram.Of(trainer.Program()))}",
        (Form.Mermaid, _) => $"%% {type.Type.FullName}\n{MermaidWriter.Write(ModelDiagram.Of(type.Network()))}",
        (Form.Latex, InspectedTrainer trainer) =>
            $"% {type.Type.FullName}\n{LatexWriter.Write(FormulaReader.Read(TotalFormula.Of(trainer.Program())))}",
        (Form.Latex, _) => $"% {type.Type.FullName} is a model: it has no objective",
        (Form.Stages, InspectedTrainer trainer) => $"# a step of {type.Type.FullName}\n{StageReport.Of(trainer.Program())}",
        (Form.Stages, _) => $"# {type.Type.FullName}\n{Stages(type)}",
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "this form is not text"),
    };

    private static string Stages(InspectedType type)
    {
        var network = type.Network();
        return StageReport.Of(network, type.HasPair(network));
    }
}
