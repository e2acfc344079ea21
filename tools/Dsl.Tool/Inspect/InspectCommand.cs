using System.CommandLine;
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
using Dsl.Inspect.Watching;
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
    /// <summary>
    /// <c>inspect PROJECT [TYPE] [--mermaid | --latex | --stages | --json] [--html FILE] [--watch [--port N]]</c>.
    /// </summary>
    public static Command Declare()
    {
        var project = new Argument<string>("project") { Description = "A .csproj file, or a folder that holds one." };
        var type = new Argument<string?>("type")
        {
            Description = "A model or a trainer, by its name; all of them when left out.", Arity = ArgumentArity.ZeroOrOne,
        };
        var mermaid = Flag("--mermaid", "Print the graph of a model, and the step of a trainer, as Mermaid text.");
        var latex = Flag("--latex", "Print the objective of a trainer as LaTeX.");
        var stages = Flag("--stages",
            "Print the intermediate representation as it is read, after each pass, and with its plan of memory.");
        var json = Flag("--json", "Print tables and objectives as JSON.");
        var html = new Option<string?>("--html") { Description = "Write one self-contained page to a file.", HelpName = "file" };
        var watch = Flag("--watch", "Serve the page on this machine alone, and keep it as the sources are.");
        var port = new Option<int>("--port")
        {
            Description = "The port of that page.", DefaultValueFactory = _ => WatchServer.DefaultPort,
        };
        var configuration = new Option<string>(
            "--configuration") { Description = "The configuration to build.", DefaultValueFactory = _ => "Release" };
        var noBuild = Flag("--no-build", "Read the project as it was built before.");
        var command = new Command("inspect", "Shows what the compiler makes of a project's models and trainers.")
        {
            project, type, mermaid, latex, stages, json, html, watch, port, configuration, noBuild,
        };
        command.SetAction((result, cancellation) => result.GetValue(watch)
            ? Watch(result.GetRequiredValue(project), result.GetRequiredValue(configuration), result.GetValue(noBuild),
                result.GetValue(port), cancellation)
            : Task.FromResult(Run(
                result.GetRequiredValue(project), result.GetValue(type), result.GetRequiredValue(configuration),
                result.GetValue(noBuild), result.GetValue(html),
                result.GetValue(mermaid) ? Form.Mermaid
                    : result.GetValue(latex) ? Form.Latex
                    : result.GetValue(stages) ? Form.Stages
                    : result.GetValue(json) ? Form.Json
                    : Form.Table)));
        return command;
    }

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>Serves the page until it is cancelled, as by Ctrl-C.</summary>
    private static async Task<int> Watch(
        string path, string configuration, bool noBuild, int port, CancellationToken cancellation)
    {
        try
        {
            using var project = new WatchedProject(ProjectLoader.Find(path), configuration, build: !noBuild);
            using var server = new WatchServer(project, port);
            Console.WriteLine($"{server.Address} shows {project.Name} as its sources are. Ctrl-C ends it.");
            await server.Serve(cancellation);
            return 0;
        }
        catch (InspectionException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

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
        Described(inspection.Findings.Where(finding => finding.Severity == DiagnosticSeverity.Warning));

    /// <summary>Findings with their places, as a build prints them.</summary>
    public static IEnumerable<string> Described(IEnumerable<Diagnostic> findings) => findings.Select(CSharpText);

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
        var report = new ConsoleReport(Terminal());
        foreach (var type in types) report.Write(type);
    }

    /// <summary>Where tables are printed.</summary>
    public static IAnsiConsole Terminal()
    {
        // Spectre writes colours, and a width of 80, to files and pipes too.
        if (!Console.IsOutputRedirected) return AnsiConsole.Console;
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = 200;
        return console;
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
