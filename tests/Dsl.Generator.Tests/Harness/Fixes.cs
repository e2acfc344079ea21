using System.Collections.Immutable;
using Dsl.CodeFixes;
using Dsl.Generator.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>
/// Declarations as documents of a workspace, where the analyzer and the fixes run as in an editor. It is for what holds of every
/// fix, whatever its text: the testing package has to be told which text comes out.
/// </summary>
internal static class Fixes
{
    /// <summary>The documents File0.cs, File1.cs, ... of a project.</summary>
    public static Project Open(params string[] sources)
    {
        var id = ProjectId.CreateNewId();
        var project = DeclaredSolution.With(id, "Declared").GetProject(id)!;
        for (int i = 0; i < sources.Length; i++)
            project = project.AddDocument($"File{i}.cs", SourceText.From(sources[i]), filePath: $"/0/File{i}.cs").Project;
        return project;
    }

    /// <summary>What the analyzer of fixes reports.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Hidden(Project project, params (string Key, string Value)[] options) =>
        await Analyzed((await project.GetCompilationAsync())!, new FixAnalyzer(), options);

    /// <summary>What an analyzer reports of a compilation.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Analyzed(
        Compilation compilation, DiagnosticAnalyzer analyzer, params (string Key, string Value)[] options)
    {
        var analysis = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], Declared.Settings(options)), onAnalyzerException: (thrown, _, _) => throw thrown,
            concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        return await new CompilationWithAnalyzers(compilation, [analyzer], analysis).GetAnalyzerDiagnosticsAsync();
    }

    /// <summary>What the generator reports.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Reported(Project project, params (string Key, string Value)[] options) =>
        Declared.Driver(options).RunGenerators((await project.GetCompilationAsync())!).GetRunResult().Diagnostics;

    /// <summary>The fixes for diagnostics, as an editor asks for them: all that stand at a place together.</summary>
    public static async Task<IReadOnlyList<CodeAction>> Actions(Project project, IEnumerable<Diagnostic> diagnostics)
    {
        var actions = new List<CodeAction>();
        foreach (var place in diagnostics.Where(diagnostic => diagnostic.Location.IsInSource)
            .GroupBy(diagnostic => diagnostic.Location))
        {
            var document = project.GetDocument(place.Key.SourceTree)!;
            await new DeclarationFixProvider().RegisterCodeFixesAsync(
                new CodeFixContext(
                    document, place.Key.SourceSpan, [.. place], (action, _) => actions.Add(action), CancellationToken.None));
        }

        return actions;
    }

    /// <summary>The project after a fix.</summary>
    public static async Task<Project> Apply(Project project, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        return Assert.IsType<ApplyChangesOperation>(Assert.Single(operations)).ChangedSolution.GetProject(project.Id)!;
    }

    /// <summary>The text of a document.</summary>
    public static async Task<string> Text(Project project, int document = 0) =>
        (await project.Documents.Single(candidate => candidate.Name == $"File{document}.cs").GetTextAsync()).ToString();

    /// <summary>Whether a text is C#.</summary>
    public static void Parses(string text) =>
        Assert.Empty(CSharpSyntaxTree.ParseText(text, Declared.ParseOptions).GetDiagnostics());
}
