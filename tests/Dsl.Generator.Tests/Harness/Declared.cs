using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Dsl.Generator.Emitting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.Generator.Tests;

/// <summary>
/// Compilations that hold declarations, and drivers that run the generator on them. They are for what the testing package cannot
/// do: edits between two runs, many runs in one test, and what is done with the result, such as loading it.
/// </summary>
internal static class Declared
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp13, DocumentationMode.Diagnose);

    // What the test host itself runs on: no package of reference assemblies, no dependence on load order.
    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => Path.GetFileName(path) is { } name
                && (name.StartsWith("System.", StringComparison.Ordinal)
                    || name is "netstandard.dll" or "mscorlib.dll" or "Dsl.Runtime.dll" or "TorchSharp.dll"))
            .Append(Path.Combine(AppContext.BaseDirectory, "language", "Dsl.Attributes.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static readonly CSharpCompilationOptions CompilationOptions = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        generalDiagnosticOption: ReportDiagnostic.Default);

    public static SyntaxTree Tree(string source, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), ParseOptions, path);

    public static CSharpCompilation Compile(params string[] sources) => CSharpCompilation.Create(
        "Declared",
        sources.Select((source, i) => Tree(source, $"/0/File{i}.cs")),
        References,
        CompilationOptions);

    public static GeneratorDriver Driver(params (string Key, string Value)[] options) => Driver(tracks: true, options);

    /// <summary>A driver that keeps what each step did, or one that does no more than an editor's.</summary>
    public static GeneratorDriver Driver(bool tracks, params (string Key, string Value)[] options) =>
        CSharpGeneratorDriver.Create(
        [new DslGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        optionsProvider: Settings(options),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: tracks));

    /// <summary>Build properties as compilers and analyzers see them.</summary>
    public static AnalyzerConfigOptionsProvider Settings(params (string Key, string Value)[] options) =>
        new Options(options.ToImmutableDictionary(option => option.Key, option => option.Value));

    /// <summary>The generated files of declarations by hint name: all but the one of the assembly.</summary>
    public static IReadOnlyDictionary<string, string> Generate(string source, params (string Key, string Value)[] options)
    {
        var result = Driver(options).RunGenerators(Compile(source)).GetRunResult().Results.Single();
        if (result.Exception is not null) throw new InvalidOperationException("the generator failed", result.Exception);
        return result.GeneratedSources.Where(file => file.HintName != StartupEmitter.HintName)
            .ToDictionary(file => file.HintName, file => file.SourceText.ToString());
    }

    /// <summary>The generated files of declarations.</summary>
    public static IReadOnlyList<SyntaxTree> Files(GeneratorDriverRunResult result) =>
        [.. result.GeneratedTrees.Where(tree => Path.GetFileName(tree.FilePath) != StartupEmitter.HintName)];

    private sealed class Options(ImmutableDictionary<string, string> values) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Map(values);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Map(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
                values.TryGetValue(key, out value);
        }
    }
}
