using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Tests.Cookbook;

/// <summary>Which declarations a recipe uses: what its method names, and what that names, within its folder.</summary>
internal static class RecipeSources
{
    /// <summary>Each recipe by its name, with the text of all that it uses.</summary>
    public static IReadOnlyList<(string Name, string Text)> Of(string folder) =>
    [
        .. Directory.EnumerateDirectories(folder).Where(path => Path.GetFileName(path) is not ("bin" or "obj" or "Generated"))
            .Order(StringComparer.Ordinal).SelectMany(OfFolder),
    ];

    private static IEnumerable<(string Name, string Text)> OfFolder(string folder)
    {
        var types = Directory.EnumerateFiles(folder, "*.cs").Select(path => File.ReadAllText(path))
            .SelectMany(text => CSharpSyntaxTree.ParseText(text, Declared.ParseOptions).GetRoot().DescendantNodes())
            .OfType<TypeDeclarationSyntax>().ToLookup(type => type.Identifier.ValueText);
        foreach (var recipe in types["Recipe"])
        {
            foreach (var made in recipe.DescendantNodes().OfType<ImplicitObjectCreationExpressionSyntax>()
                .Where(made => made.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax }, _, _]))
            {
                var arguments = made.ArgumentList.Arguments;
                var used = new HashSet<SyntaxNode>();
                Visit(arguments[2].Expression, recipe);
                string name = ((LiteralExpressionSyntax)arguments[0].Expression).Token.ValueText;
                yield return (name, string.Join("\n", used.Select(node => node.ToFullString())));

                void Visit(SyntaxNode node, TypeDeclarationSyntax within)
                {
                    foreach (var name in node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
                    {
                        string word = name.Identifier.ValueText;
                        if (name.Parent is MemberAccessExpressionSyntax { Expression: var left } access && left == name
                            && Members(types[word], access.Name.Identifier.ValueText) is { Count: > 0 } members)
                            foreach (var (member, owner) in members) Add(member, owner);
                        else if (types[word].Any() && word != "Recipe")
                            foreach (var type in types[word]) Add(type, type);
                        else
                            foreach (var (member, owner) in Members([within], word)) Add(member, owner);
                    }
                }

                void Add(SyntaxNode node, TypeDeclarationSyntax within)
                {
                    if (used.Add(node)) Visit(node, within);
                }
            }
        }
    }

    private static List<(SyntaxNode Member, TypeDeclarationSyntax Owner)> Members(
        IEnumerable<TypeDeclarationSyntax> types, string name) =>
    [
        .. types.SelectMany(type => type.Members.Where(member => member switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText == name,
            PropertyDeclarationSyntax property => property.Identifier.ValueText == name,
            FieldDeclarationSyntax field => field.Declaration.Variables.Any(variable => variable.Identifier.ValueText == name),
            _ => false,
        }).Select(member => ((SyntaxNode)member, type))),
    ];
}
