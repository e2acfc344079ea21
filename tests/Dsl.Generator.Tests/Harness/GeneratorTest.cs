using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Testing.Model;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The generator on declarations, in which <c>{|ID:text|}</c> marks where a diagnostic is expected.</summary>
internal sealed class GeneratorTest : CSharpSourceGeneratorTest<DslGenerator, DefaultVerifier>
{
    private static readonly CSharpCompilation Nothing =
        CSharpCompilation.Create(nameof(Nothing), options: Declared.CompilationOptions);

    private bool _compiled;

    public GeneratorTest(string source, params (string Key, string Value)[] options)
    {
        TestCode = source;
        MarkupOptions = MarkupOptions.TreatPositionIndicatorsAsCode;
        if (options.Length > 0) TestState.AnalyzerConfigFiles.Add(DeclaredSolution.Settings(options));

        // A location that is not in a source file could not be suppressed by #pragma.
        DiagnosticVerifier = (actual, _, _) => Assert.Equal(LocationKind.SourceFile, actual.Location.Kind);
    }

    /// <summary>Diagnostics that are not asked for: they may occur, and need not.</summary>
    public Func<Diagnostic, bool> MayOccur { get; init; } = _ => false;

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [new Rules()];

    protected override CompilationOptions CreateCompilationOptions() => Declared.CompilationOptions;

    protected override ParseOptions CreateParseOptions() => Declared.ParseOptions;

    protected override Task<Solution> CreateSolutionAsync(
        ProjectId projectId, EvaluatedProjectState projectState, CancellationToken cancellationToken) =>
        Task.FromResult(DeclaredSolution.With(projectId, projectState.Name));

    protected override ImmutableArray<(Project project, Diagnostic diagnostic)> FilterDiagnostics(
        ImmutableArray<(Project project, Diagnostic diagnostic)> diagnostics) =>
        [.. base.FilterDiagnostics(diagnostics).Where(found => !MayOccur(found.diagnostic))];

    // Nobody asks the declarations of a test to be documented; of the generated files it is asked. Options do not disable errors.
    protected override bool IsCompilerDiagnosticIncluded(Diagnostic diagnostic, CompilerDiagnostics compilerDiagnostics) =>
        base.IsCompilerDiagnosticIncluded(diagnostic, compilerDiagnostics)
        && !DisabledDiagnostics.Contains(diagnostic.Id)
        && !(diagnostic.Id == "CS1591" && IsDeclared(diagnostic.Location));

    // What C# says of declarations and generated files is read once; with #pragma before them only the generator is asked again.
    protected override async Task<(Compilation, ImmutableArray<Diagnostic>)> GetProjectCompilationAsync(
        Project project, IVerifier verifier, CancellationToken cancellationToken)
    {
        var (compilation, reported) = await base.GetProjectCompilationAsync(project, verifier, cancellationToken);
        if (_compiled) return (Nothing, reported);
        _compiled = true;
        return (compilation, reported);
    }

    // The only analyzer says nothing of any compilation; without this, everything would be bound once more for it.
    protected override CompilationWithAnalyzers CreateCompilationWithAnalyzers(
        Compilation compilation,
        ImmutableArray<DiagnosticAnalyzer> analyzers,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        base.CreateCompilationWithAnalyzers(Nothing, analyzers, options, cancellationToken);

    private bool IsDeclared(Location location) =>
        TestState.Sources.Any(source => source.filename == location.SourceTree?.FilePath);
}
