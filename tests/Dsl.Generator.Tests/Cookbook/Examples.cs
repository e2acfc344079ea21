using System.Text.RegularExpressions;
using Dsl.Generator.Tests.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Tests.Cookbook;

/// <summary>
/// A small declaration of each technique. Those of the files beside this one, whose headings may name several, with <c>$</c> in
/// the place of the name; and of what <see cref="MeaningTests"/> trains those that it trains.
/// </summary>
internal static partial class Examples
{
    /// <summary>Declarations by the names of the attributes that they are about.</summary>
    public static IReadOnlyDictionary<string, string> Read(string root)
    {
        var examples = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, declaration) in MeaningTests.Examples())
            examples[name] = WithParts(declaration);
        string folder = Path.Combine(root, "tests", "Dsl.Generator.Tests", "Cookbook", "Examples");
        foreach (string path in Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            foreach (Match section in Section().Matches(File.ReadAllText(path)))
            {
                foreach (string name in section.Groups["names"].Value.Split(' '))
                {
                    examples[name] = section.Groups["code"].Value.Trim().Replace("$", name, StringComparison.Ordinal) + "\n";
                }
            }
        }

        return examples;
    }

    /// <summary>A declaration without an attribute, or with another one in its place.</summary>
    public static string Without(string declaration, IReadOnlyList<string> names, string? instead)
    {
        var root = CSharpSyntaxTree.ParseText(declaration, Declared.ParseOptions).GetRoot();
        bool IsNamed(AttributeSyntax attribute) => names.Contains(NameOf(attribute));
        if (instead is not null)
        {
            var other = ((ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"[{instead}] class C;")!)
                .AttributeLists[0].Attributes[0];
            var attributes = root.DescendantNodes().OfType<AttributeSyntax>().Where(IsNamed);
            return root.ReplaceNodes(attributes, (attribute, _) => other.WithTriviaFrom(attribute)).ToFullString();
        }

        var lists = root.DescendantNodes().OfType<AttributeListSyntax>().ToList();
        var nodes = lists.Where(list => list.Attributes.All(IsNamed)).Cast<SyntaxNode>()
            .Concat(lists.Where(list => !list.Attributes.All(IsNamed)).SelectMany(list => list.Attributes.Where(IsNamed)));
        return root.RemoveNodes(nodes, SyntaxRemoveOptions.KeepNoTrivia)!.ToFullString();
    }

    private static string NameOf(AttributeSyntax attribute) =>
        attribute.Name is SimpleNameSyntax name ? name.Identifier.ValueText : attribute.Name.ToString();

    // Of the networks and policies that tests share those that the declaration names, and those that these name.
    private static string WithParts(string declaration)
    {
        var types = CSharpSyntaxTree.ParseText(MeaningTests.Parts, Declared.ParseOptions).GetRoot().DescendantNodes()
            .OfType<ClassDeclarationSyntax>().ToList();
        var needed = new List<string>();
        Visit(CSharpSyntaxTree.ParseText(declaration, Declared.ParseOptions).GetRoot());
        return string.Join("\n\n", needed.Append(declaration.Trim())) + "\n";

        void Visit(SyntaxNode node)
        {
            var names = node.DescendantNodes().OfType<TypeArgumentListSyntax>().SelectMany(list => list.Arguments)
                .OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText).ToHashSet();
            foreach (var type in types.Where(type => names.Contains(type.Identifier.ValueText)))
            {
                string text = type.ToFullString().Trim();
                if (needed.Contains(text)) continue;
                Visit(type);
                needed.Add(text);
            }
        }
    }

    [GeneratedRegex(@"^# (?<names>[^\n]+)\n(?<code>.*?)(?=^# |\z)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Section();
}
