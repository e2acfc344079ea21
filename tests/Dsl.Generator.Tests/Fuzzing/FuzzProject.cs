using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Tests.Fuzzing;

/// <summary>What holds for all files of a project: its C#, and what it imports everywhere.</summary>
/// <param name="Usings">The text of a file with global usings.</param>
internal sealed record FuzzProject(LanguageVersion Language, NullableContextOptions Nullable, string Usings)
{
    /// <summary>The project of most tests.</summary>
    public static FuzzProject Plain { get; } = new(Declared.ParseOptions.LanguageVersion, NullableContextOptions.Enable, "");

    /// <summary>The project without a case.</summary>
    public CSharpCompilation Empty => field ??= Declared.Compile()
        .WithOptions(Declared.CompilationOptions.WithNullableContextOptions(Nullable))
        .AddSyntaxTrees(Usings.Length == 0 ? [] : [Tree(Usings, "/0/Usings.cs")]);

    private CSharpParseOptions ParseOptions => Declared.ParseOptions.WithLanguageVersion(Language);

    public SyntaxTree Tree(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, ParseOptions, path, System.Text.Encoding.UTF8);

    public GeneratorDriver Driver((string Key, string Value)[] options) =>
        Declared.Driver(tracks: false, options).WithUpdatedParseOptions(ParseOptions);

    public override string ToString() => $"C# {Language.ToDisplayString()}, nullable {Nullable}, {Usings}";
}
