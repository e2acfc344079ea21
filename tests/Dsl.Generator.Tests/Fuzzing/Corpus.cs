using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Tests.Fuzzing;

/// <summary>What is mutated: every declaration in the documentation, the samples and the tests, each with the types that it
/// names.</summary>
internal static class Corpus
{
    /// <summary>A declaration and what it needs, as text below <see cref="FuzzCase.Header"/>.</summary>
    public static IReadOnlyList<string> Units { get; } = Read();

    /// <summary>Every attribute that any of them carries, as text, for mixing.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
    [
        .. Units.SelectMany(unit => CSharpSyntaxTree.ParseText(unit, Declared.ParseOptions).GetRoot().DescendantNodes()
            .OfType<AttributeSyntax>())
            .Select(attribute => attribute.ToString()).Distinct().Order(StringComparer.Ordinal),
    ];

    private static IReadOnlyList<string> Read()
    {
        string root = Path.GetFullPath(Path.Combine(Pages.Folder, ".."));
        var files = new[] { "samples", "bench", Path.Combine("tests", "Dsl.Tests") }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path =>
                !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText);
        var pages = Directory.EnumerateFiles(Pages.Folder, "*.md", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "adding-a-technique.md"
                // A page for every word, which would leave little room for declarations of several.
                && Path.GetFileName(Path.GetDirectoryName(path)) != "cookbook")
            .SelectMany(path => Pages.Examples(Path.GetRelativePath(Pages.Folder, path)));
        return [.. files.Concat(pages).Append(Samples.All).Append(MethodSamples.TwoPath).Append(MethodSamples.Opaque)
            .SelectMany(Declarations).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Each class with attributes of the language, with the types of the same file that it names, and so on.</summary>
    private static IEnumerable<string> Declarations(string source)
    {
        var types =
            CSharpSyntaxTree.ParseText(source,
            Declared.ParseOptions).GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .Where(type => type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax)
            .ToLookup(type => type.Identifier.ValueText);
        foreach (var type in types.SelectMany(group => group).Where(IsDeclaration))
        {
            var needed = new List<BaseTypeDeclarationSyntax>();
            Visit(type);
            yield return string.Concat(needed.Select(part => part.ToFullString().Trim() + "\n\n"));

            void Visit(BaseTypeDeclarationSyntax part)
            {
                if (needed.Contains(part)) return;
                needed.Add(part);
                foreach (string name in part.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken))
                    .Select(token => token.ValueText))
                    foreach (var other in types[name]) Visit(other);
            }
        }
    }

    // A class of xUnit is no declaration.
    private static bool IsDeclaration(BaseTypeDeclarationSyntax type) => type.AttributeLists.SelectMany(list => list.Attributes)
        .Any(attribute => attribute.Name.ToString() is var name && (name is "Model" or "Block" or "Augmentation" or "Table"
            || name.StartsWith("Trainer<", StringComparison.Ordinal) || name.StartsWith("Model<", StringComparison.Ordinal)));
}
