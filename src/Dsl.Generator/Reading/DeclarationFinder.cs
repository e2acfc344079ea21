using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.Generator.Reading;

/// <summary>
/// The classes of a project that carry a declaration. Which ones could is read from each file's syntax, once for as long as the
/// file stays as it is; whether they do is asked of their symbols.
/// </summary>
internal static class DeclarationFinder
{
    private static readonly HashSet<string> Names = new(
        new[] { "Model", "Block", "Trainer", "Augmentation", "Table", "ImageFolder" }.SelectMany(name =>
            new[] { name, name + "Attribute" }),
            StringComparer.Ordinal);

    private static readonly ConditionalWeakTable<SyntaxTree, File> Files = new();

    public static List<INamedTypeSymbol> Find(Compilation compilation, CancellationToken cancellation)
    {
        var files = compilation.SyntaxTrees.Select(tree => (Tree: tree, File: Read(tree, cancellation))).ToList();

        // An alias gives any attribute any name.
        var aliases = new HashSet<string>(files.SelectMany(file => file.File.Aliases), StringComparer.Ordinal);
        var found = new List<INamedTypeSymbol>();
        var known = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var (tree, file) in files)
        {
            cancellation.ThrowIfCancellationRequested();
            SemanticModel? semantics = null;
            foreach (var (type, names) in file.Types)
            {
                if (!names.Any(name => Names.Contains(name) || aliases.Contains(name))) continue;
                semantics ??= compilation.GetSemanticModel(tree);
                if (semantics.GetDeclaredSymbol(type, cancellation) is { } symbol && known.Add(symbol)) found.Add(symbol);
            }
        }

        return found;
    }

    /// <summary>The types that carry any attributes, with the names of these.</summary>
    public static IEnumerable<(TypeDeclarationSyntax Type, string[] Names)> Carrying(
        Compilation compilation, CancellationToken cancellation) =>
        compilation.SyntaxTrees.SelectMany(tree => Read(tree, cancellation).Types);

    private static File Read(SyntaxTree tree, CancellationToken cancellation)
    {
        if (Files.TryGetValue(tree, out var known)) return known;
        var file = new File([], []);
        if (tree.GetRoot(cancellation) is CompilationUnitSyntax unit)
        {
            Usings(unit.Usings);
            foreach (var member in unit.Members) Visit(member);
        }

        return Files.GetValue(tree, _ => file);

        void Usings(SyntaxList<UsingDirectiveSyntax> usings) =>
            file.Aliases.AddRange(usings.Select(item => item.Alias?.Name.Identifier.ValueText).OfType<string>());

        void Visit(MemberDeclarationSyntax member)
        {
            if (member is BaseNamespaceDeclarationSyntax space)
            {
                Usings(space.Usings);
                foreach (var inner in space.Members) Visit(inner);
            }
            else if (member is TypeDeclarationSyntax type)
            {
                if (type.AttributeLists.Count > 0)
                    file.Types.Add((type, [.. type.AttributeLists.SelectMany(list => list.Attributes).Select(Name)]));
                foreach (var inner in type.Members) Visit(inner);
            }
        }
    }

    public static string Name(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };

    /// <summary>What a file could declare: its types that carry attributes, with the names of these, and the names that it
    /// gives by aliases.</summary>
    private sealed record File(List<(TypeDeclarationSyntax Type, string[] Attributes)> Types, List<string> Aliases);
}
