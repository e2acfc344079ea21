using System.Text.Json;
using Dsl.Inspect;
using Dsl.Inspect.Projects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Bench;

/// <summary>
/// A program that measures steps, compiled against what a project references and started with the packages and the settings of
/// the project's own output, in a process for each trainer. Its sources are those of the folder <c>Host</c>.
/// </summary>
internal sealed class StepHost : IDisposable
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dsl-bench-");
    private readonly string _output;

    /// <param name="name">The project as errors call it.</param>
    /// <exception cref="InspectionException">Its output is no program with TorchSharp.</exception>
    public StepHost(LoadedProject project, string name)
    {
        _output = project.Output;
        foreach (string file in new[] { _output, Beside(".deps.json") }.Where(file => !File.Exists(file)))
            throw new InspectionException($"{name} has not been built: '{file}' is missing.");
        if (!File.Exists(Beside(".runtimeconfig.json"))
            || !File.Exists(Path.Combine(Path.GetDirectoryName(_output)!, "TorchSharp.dll")))
        {
            throw new InspectionException(
                $"{name} is not a program with TorchSharp in its output ({Path.GetDirectoryName(_output)}), so that its steps "
                + "cannot run: a library needs <EnableDynamicLoading>true</EnableDynamicLoading> in its properties, and a "
                + "package of libtorch.");
        }

        Compile(project.Compilation.References, name);
    }

    private string HostAssembly => Path.Combine(_folder.FullName, "Dsl.Bench.dll");

    /// <summary>Measures a trainer.</summary>
    /// <returns>The times; or what was said where it ended without.</returns>
    public (StepTimes? Times, string? Reason) Measure(TrainerPlan plan)
    {
        string planned = Path.Combine(_folder.FullName, "plan.json"), measured = Path.Combine(_folder.FullName, "times.json");
        File.WriteAllText(planned, JsonSerializer.Serialize(plan));
        File.Delete(measured);
        var (succeeded, said) = DotnetCommand.Run(
            "exec", "--depsfile", Beside(".deps.json"), "--runtimeconfig", Beside(".runtimeconfig.json"), HostAssembly, planned,
            measured);
        return succeeded ? (JsonSerializer.Deserialize<StepTimes>(File.ReadAllText(measured)), null) : (null, Words(said));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Beside(string extension) => Path.ChangeExtension(_output, null) + extension;

    private void Compile(IEnumerable<MetadataReference> references, string name)
    {
        var assembly = typeof(StepHost).Assembly;
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        var trees = assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith("host/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(resource => new StreamReader(assembly.GetManifestResourceStream(resource)!).ReadToEnd()).Append(Usings)
            .Select(source => CSharpSyntaxTree.ParseText(source, parse));
        var options = new CSharpCompilationOptions(
            OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable);
        var result = CSharpCompilation.Create("Dsl.Bench", trees, references, options).Emit(HostAssembly);
        if (result.Success) return;
        throw new InspectionException(
            $"{name} references packages that this tool cannot measure steps with; Dsl and Dsl.Tool should be of one version:\n"
            + string.Join("\n", result.Diagnostics.Where(error => error.Severity == DiagnosticSeverity.Error).Take(3)));
    }

    /// <summary>The message of the exception that ended a process; all that it said where there was none.</summary>
    private static string Words(string said)
    {
        const string begin = "Unhandled exception. ";
        int start = said.IndexOf(begin, StringComparison.Ordinal);
        if (start < 0) return $"Its process has ended without a result. {said.Trim()}".Trim();
        string exception = said[(start + begin.Length)..];
        int end = exception.IndexOf("\n   at ", StringComparison.Ordinal);
        string message = exception[..(end < 0 ? exception.Length : end)];

        // Behind the name of the exception's class.
        int colon = message.IndexOf(": ", StringComparison.Ordinal);
        return message[(colon < 0 ? 0 : colon + 2)..].Trim();
    }
}
