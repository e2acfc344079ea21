using System.Collections.Immutable;
using Dsl.CodeFixes;
using Dsl.Generator.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Testing.Model;

namespace Dsl.Generator.Tests;

/// <summary>
/// The chosen fixes, on declarations in which <c>{|DSL109:text|}</c> marks where fixes are offered, before and after.
/// </summary>
internal sealed class FixTest : CSharpCodeFixTest<FixAnalyzer, DeclarationFixProvider, DefaultVerifier>
{
    private readonly Func<CodeAction, bool> _chosen;

    public FixTest(Func<CodeAction, bool> chosen, params (string Key, string Value)[] options)
    {
        _chosen = chosen;
        MarkupOptions = MarkupOptions.TreatPositionIndicatorsAsCode;
        FixedState.MarkupHandling = MarkupMode.Allow;
        BatchFixedState.MarkupHandling = MarkupMode.Allow;
        if (options.Length > 0) TestState.AnalyzerConfigFiles.Add(DeclaredSolution.Settings(options));
    }

    protected override ImmutableArray<CodeAction> FilterCodeActions(ImmutableArray<CodeAction> actions) =>
        [.. base.FilterCodeActions(actions).Where(_chosen)];

    protected override CompilationOptions CreateCompilationOptions() => Declared.CompilationOptions;

    protected override ParseOptions CreateParseOptions() => Declared.ParseOptions;

    protected override Task<Solution> CreateSolutionAsync(
        ProjectId projectId, EvaluatedProjectState projectState, CancellationToken cancellationToken) =>
        Task.FromResult(DeclaredSolution.With(projectId, projectState.Name));
}
