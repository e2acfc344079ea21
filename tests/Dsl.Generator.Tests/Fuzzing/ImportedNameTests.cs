using Dsl.Generator.Programs;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Dsl.Generator.Tests.Fuzzing;

/// <summary>The compiler knows the names that its code imports, so that a class of the user's that hides one is
/// reported.</summary>
public class ImportedNameTests
{
    [Fact]
    public void Every_imported_name_that_generated_code_uses_is_known()
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        var used = new HashSet<string>();
        foreach (var options in new (string Key, string Value)[][] { [], [("build_property.DslBackward", "autograd")] })
        {
            var units = Corpus.Units.Select((unit, number) =>
                new FuzzCase(0, number, number, [], FuzzCase.Header(number) + unit).Tree(FuzzProject.Plain));
            FuzzProject.Plain.Driver(options)
                .RunGeneratorsAndUpdateCompilation(Declared.Compile().AddSyntaxTrees(units), out var output, out _);
            var imported = Imported(output);
            var known = ImportedNames.Of(output);
            foreach (var tree in output.SyntaxTrees.Where(tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)))
            {
                // A discard without a type is a name, which a namespace of the user's may have.
                Assert.DoesNotContain(
                    tree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>(), name => name.Identifier.ValueText == "_");

                // One for all names of a file: it keeps what it has found out about a method's body.
                var meaning = new Lazy<SemanticModel>(() => output.GetSemanticModel(tree));
                foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
                    .Where(name => imported.Contains(name.Identifier.ValueText) && IsFirst(name)))
                {
                    string text = name.Identifier.ValueText;
                    used.Add(text);
                    if (!known.Contains(text) && !unknown.Contains(text) && IsImport(meaning.Value.GetSymbolInfo(name).Symbol))
                        unknown.Add(text);
                }
            }
        }

        Assert.True(unknown.Count == 0, string.Join(", ", unknown.Select(name => $"\"{name}\"")));
        Assert.Empty(ImportedNames.Foreign.Except(used));
    }

    private static HashSet<string> Imported(Compilation compilation)
    {
        var names = ImportedNames.Namespaces.Select(space => space.Split('.').Aggregate(
                (INamespaceSymbol?)compilation.GlobalNamespace, (outer, part) =>
                    outer?.GetNamespaceMembers().FirstOrDefault(inner => inner.Name == part)))
            .OfType<INamespaceSymbol>().SelectMany(space => space.GetTypeMembers()).Select(type => type.Name);
        return [.. names, .. compilation.GetTypeByMetadataName("TorchSharp.torch")!.GetMembers().Select(member => member.Name)];
    }

    private static bool IsFirst(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        QualifiedNameSyntax qualified => qualified.Left == name,
        AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax or MemberBindingExpressionSyntax => false,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Right == name,
        _ => true,
    };

    private static bool IsImport(ISymbol? symbol) => symbol switch
    {
        INamedTypeSymbol or INamespaceSymbol => !symbol.ContainingNamespace.ToDisplayString().StartsWith('F'),
        IMethodSymbol or IPropertySymbol or IFieldSymbol => symbol.ContainingType is { Name: "torch" },
        _ => false,
    };
}
