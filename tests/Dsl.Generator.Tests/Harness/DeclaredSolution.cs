using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.Generator.Tests;

/// <summary>
/// One solution for all tests, which never changes: what is added to it shares its services and its references. The testing
/// package would compose a workspace for each test, and download reference assemblies.
/// </summary>
internal static class DeclaredSolution
{
    private static readonly AdhocWorkspace Workspace = new();

    /// <summary>The solution with an empty project.</summary>
    public static Solution With(ProjectId id, string name) => Workspace.CurrentSolution.AddProject(ProjectInfo.Create(
        id,
        VersionStamp.Default,
        name,
        assemblyName: name,
        LanguageNames.CSharp,
        compilationOptions: Declared.CompilationOptions,
        parseOptions: Declared.ParseOptions,
        metadataReferences: Declared.References));

    /// <summary>Build properties as the file in which the compiler finds them.</summary>
    public static (string Name, SourceText Text) Settings(params (string Key, string Value)[] options)
    {
        string lines = string.Concat(options.Select(option => $"{option.Key} = {option.Value}\n"));
        return ("/0/.globalconfig", SourceText.From("is_global = true\n" + lines, Encoding.UTF8));
    }
}
