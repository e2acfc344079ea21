using System.Runtime.CompilerServices;
using Dsl.Generator.Emitting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The generated files of the samples are checked in to be read; they are those that the compiler writes
/// today.</summary>
public class GeneratedSamplesTests
{
    // What the SDK's implicit usings add to every file.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // Of the zoo's largest networks a file says the same thing dozens of times: one block after the other.
    private const int LargestFile = 200_000;

    private const string Hint = "UPDATE_SNAPSHOTS=1 ./dsl test --filter GeneratedSamplesTests rewrites it";

    [Theory]
    [InlineData("Digits")]
    [InlineData("Zoo")]
    [InlineData("Recipes")]
    public void Generated_files_are_current(string sample)
    {
        string folder = Path.Combine(Samples(), sample, "Generated");
        var references = sample == "Recipes" ? new[] { Reference("Digits"), Reference("Zoo") } : [];
        var result = Declared.Driver().RunGenerators(Sources(sample).AddReferences(references)).GetRunResult().Results.Single();
        Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var files = result.GeneratedSources.ToDictionary(file => file.HintName, file => file.SourceText.ToString())
            .Where(file => file.Key != StartupEmitter.HintName && file.Value.Length <= LargestFile)
            .ToDictionary(file => file.Key, file => file.Value);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1" && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Assert.NotEmpty(files);
        foreach (var (name, text) in files) Verify.Text(Path.Combine(folder, name), text, Hint);
        var stale = Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Except(files.Keys);
        Assert.True(!stale.Any(), $"{folder} holds {string.Join(", ", stale)}, which no declaration generates: {Hint}");
    }

    [Fact]
    public void Lines_of_generated_files_end_at_130_bytes()
    {
        string tests = Path.Combine(Samples(), "..", "tests", "Dsl.Generator.Tests", "Snapshots");
        var files = new[] { "Digits", "Zoo", "Recipes" }.Select(sample => Path.Combine(Samples(), sample, "Generated"))
            .Append(tests)
            .SelectMany(folder => Directory.GetFiles(folder, "*.g.cs", SearchOption.AllDirectories)).ToList();
        Assert.True(files.Count > 40);
        Assert.Empty(files.SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (Text: line, Place: $"{Path.GetFileName(file)}:{i + 1}"))
            .Where(line => LineBreaks.Bytes(line.Text) > LineBreaks.Width)
            .Select(line => line.Place)));
    }

    private static CSharpCompilation Sources(string sample)
    {
        string folder = Path.Combine(Samples(), sample);
        string[] excluded = [Path.Combine(folder, "Generated"), Path.Combine(folder, "bin"), Path.Combine(folder, "obj")];
        var files = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !excluded.Any(other => file.StartsWith(other + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText);
        return Declared.Compile([ImplicitUsings, .. files]).WithAssemblyName(sample);
    }

    /// <summary>A sample as an assembly, as another one that trains its models sees it.</summary>
    private static MetadataReference Reference(string sample)
    {
        Declared.Driver().RunGeneratorsAndUpdateCompilation(Sources(sample), out var output, out _);
        using var image = new MemoryStream();
        var emitted = output.Emit(image, options: new EmitOptions(metadataOnly: true));
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static string Samples([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "samples"));
}
