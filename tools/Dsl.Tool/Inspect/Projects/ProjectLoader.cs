using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.Inspect.Projects;

/// <summary>
/// A project as a compilation: MSBuild builds it, and then says with which arguments it calls the C# compiler. Nothing is
/// guessed of sources, references and properties.
/// </summary>
internal static class ProjectLoader
{
    /// <summary>The project file that a path names: itself, or the only one in a folder.</summary>
    public static string Find(string path)
    {
        if (File.Exists(path))
        {
            return Path.GetExtension(path) == ".csproj" ? Path.GetFullPath(path)
                : throw new InspectionException(
                    $"'{path}' is not a C# project: name a .csproj file, or a folder that holds one.");
        }

        if (!Directory.Exists(path))
            throw new InspectionException($"'{path}' does not exist: name a .csproj file, or a folder that holds one.");
        string[] projects = Directory.GetFiles(path, "*.csproj");
        return projects.Length switch
        {
            1 => Path.GetFullPath(projects[0]),
            0 => throw new InspectionException($"The folder '{path}' holds no .csproj file: name a project."),
            _ => throw new InspectionException(
                $"The folder '{path}' holds {projects.Length} projects: name one of "
                + $"{string.Join(", ", projects.Select(Path.GetFileName).Order(StringComparer.Ordinal))}."),
        };
    }

    /// <summary>Builds the project and reads it.</summary>
    /// <param name="project">The .csproj file.</param>
    /// <param name="configuration">Debug, Release.</param>
    /// <param name="build">Whether it is built before, which finds every error of the sources.</param>
    public static LoadedProject Load(string project, string configuration, bool build)
    {
        string name = Path.GetFileName(project);
        if (build) Build(project, name, configuration);

        var (arguments, output) = Ask(project, name, configuration, build);
        if (arguments.Count == 0) throw new InspectionException($"{name} compiles nothing: does it hold C# sources?");
        return Parse(project, arguments, output);
    }

    /// <returns>What the compiler is called with, and the assembly that a build writes.</returns>
    private static (List<string> Arguments, string Output) Ask(string project, string name, string configuration, bool isBuilt)
    {
        // To a file: what targets and packages warn of goes to the same stream as an answer on the console.
        string answer = Path.GetTempFileName();
        try
        {
            // As an editor does: the compiler is not run, and its target is never up to date.
            var (answered, log) = DotnetCommand.Run(
                "msbuild", project, "-nologo", "-t:Compile", $"-p:Configuration={configuration}",
                "-p:BuildProjectReferences=false", "-p:DesignTimeBuild=true",
                "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
                $"-p:NonExistentFile={Path.Combine("__none__", "__none__")}", "-getItem:CscCommandLineArgs",
                "-getProperty:TargetPath", $"-getResultOutputFile:{answer}");
            if (!answered || new FileInfo(answer).Length == 0)
            {
                string question = isBuilt ? "" : ": was it built and restored?";
                throw new InspectionException($"{name} cannot be read{question}\n{log.Trim()}");
            }

            using var json = JsonDocument.Parse(File.ReadAllText(answer));
            var arguments = json.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray();
            return ([.. arguments.Select(item => item.GetProperty("Identity").GetString()!)],
                json.RootElement.GetProperty("Properties").GetProperty("TargetPath").GetString()!);
        }
        finally
        {
            File.Delete(answer);
        }
    }

    private static void Build(string project, string name, string configuration)
    {
        var (built, log) = DotnetCommand.Run("build", project, "-c", configuration, "-v", "quiet", "-nologo");
        if (built) return;
        var errors = log.Split('\n').Select(line => line.Trim())
            .Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct().ToList();
        throw new InspectionException($"{name} does not build:\n{string.Join("\n", errors.Count > 0 ? errors : [log.Trim()])}");
    }

    private static LoadedProject Parse(string project, List<string> arguments, string output)
    {
        // A newer compiler's language versions mean nothing to this one, which reads everything that it knows.
        var known = arguments.Where(argument => !argument.StartsWith("/langversion:", StringComparison.OrdinalIgnoreCase))
            .Append("/langversion:preview");
        string folder = Path.GetDirectoryName(project)!;
        var parsed = CSharpCommandLineParser.Default.Parse(known, folder, sdkDirectory: null);
        var trees = parsed.SourceFiles.Select(file => ParseFile(file.Path, parsed.ParseOptions));
        var references = parsed.MetadataReferences.Select(reference => Refer(project, reference)).ToList();
        var settings = AnalyzerConfigSet.Create(parsed.AnalyzerConfigPaths.Where(File.Exists)
            .Select(path => AnalyzerConfig.Parse(File.ReadAllText(path), path)).ToList());
        return new LoadedProject(
            CSharpCompilation.Create(parsed.CompilationName ?? Path.GetFileNameWithoutExtension(project), trees, references,
                parsed.CompilationOptions),
            new ProjectOptions(settings.GlobalConfigOptions.AnalyzerOptions), output);
    }

    private static MetadataReference Refer(string project, CommandLineReference reference)
    {
        string path = Path.Combine(Path.GetDirectoryName(project)!, reference.Reference);
        return File.Exists(path) ? MetadataReference.CreateFromFile(path, reference.Properties)
            : throw new InspectionException(
                $"{Path.GetFileName(project)} cannot be read: '{path}' is missing; was it built and restored?");
    }

    private static SyntaxTree ParseFile(string path, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(path)), options, path);

    /// <summary>The project with a source file as it is now; null where none of its files is that one.</summary>
    /// <exception cref="IOException">The file is being written.</exception>
    public static LoadedProject? WithFile(this LoadedProject project, string path)
    {
        var old = project.Compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == path);
        if (old is null) return null;
        var read = ParseFile(path, (CSharpParseOptions)old.Options);
        return project with { Compilation = project.Compilation.ReplaceSyntaxTree(old, read) };
    }
}

/// <summary>A project's sources and references, and the properties that the compiler sees.</summary>
/// <param name="Output">The assembly that a build writes.</param>
internal sealed record LoadedProject(CSharpCompilation Compilation, ProjectOptions Options, string Output);
