using Dsl.Generator.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Testing.Model;

namespace Dsl.Generator.Tests;

/// <summary>The analyzer on declarations, in which <c>{|DSL109:text|}</c> marks where it offers fixes.</summary>
internal sealed class HiddenTest : CSharpAnalyzerTest<FixAnalyzer, DefaultVerifier>
{
    public HiddenTest(string source)
    {
        TestCode = source;
        MarkupOptions = MarkupOptions.TreatPositionIndicatorsAsCode;
    }

    protected override CompilationOptions CreateCompilationOptions() => Declared.CompilationOptions;

    protected override ParseOptions CreateParseOptions() => Declared.ParseOptions;

    protected override Task<Solution> CreateSolutionAsync(
        ProjectId projectId, EvaluatedProjectState projectState, CancellationToken cancellationToken) =>
        Task.FromResult(DeclaredSolution.With(projectId, projectState.Name));
}
