using Dsl.Generator;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Programs;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Dsl.Inspect;

/// <summary>A compilation as the compiler reads it: its models and trainers, and what is wrong.</summary>
/// <param name="Types">Models and trainers, in the order of the sources; those with findings are left out.</param>
/// <param name="Findings">What the compiler reports, errors and warnings.</param>
internal sealed record Inspection(IReadOnlyList<InspectedType> Types, IReadOnlyList<Diagnostic> Findings)
{
    public static Inspection Of(CSharpCompilation compilation, AnalyzerConfigOptionsProvider project)
    {
        var parseOptions = compilation.SyntaxTrees.Select(tree => (CSharpParseOptions)tree.Options).FirstOrDefault();
        var driver = CSharpGeneratorDriver.Create(
            [new DslGenerator().AsSourceGenerator()], parseOptions: parseOptions, optionsProvider: project);
        var result = driver.RunGenerators(compilation).GetRunResult().Results.Single();
        if (result.Exception is not null) throw new InvalidOperationException("the compiler failed", result.Exception);

        var options = CompilerOptions.Read(project, parseOptions ?? CSharpParseOptions.Default);
        var types = new List<InspectedType>();
        foreach (var (symbol, declaration) in Declared(compilation))
        {
            string name = TypeReader.FullName(symbol), text = declaration.ToString();
            if ((Has(symbol, "ModelAttribute") || Has(symbol, "ModelAttribute`1")) && Generated("Model") is { } model
                && DeclarationReader.ReadModel(symbol, compilation, default) is { } readModel)
            {
                types.Add(new InspectedModel(
                    readModel.Declaration, text, model.HintName, model.SourceText.ToString(), options));
            }

            if (Has(symbol, "TrainerAttribute`1") && Generated("Trainer") is { } trainer
                && DeclarationReader.ReadTrainer(symbol, compilation, default) is { } readTrainer)
            {
                types.Add(new InspectedTrainer(
                    readTrainer.Declaration, text, trainer.HintName, trainer.SourceText.ToString(), options));
            }

            // A number follows the kind where names differ in case alone.
            GeneratedSourceResult? Generated(string kind) => result.GeneratedSources
                .Where(file => file.HintName.StartsWith($"{name}.{kind}", StringComparison.Ordinal)
                    && file.HintName[$"{name}.{kind}".Length..].TrimStart([.. "0123456789"]) == ".g.cs")
                .Select(file => (GeneratedSourceResult?)file).FirstOrDefault();
        }

        return new Inspection(
            types, [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)]);
    }

    /// <summary>Every class with an attribute, once, with the part that carries attributes.</summary>
    private static IEnumerable<(INamedTypeSymbol Symbol, TypeDeclarationSyntax Declaration)> Declared(
        CSharpCompilation compilation) => compilation.SyntaxTrees
        .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>())
        .Where(declaration => declaration.AttributeLists.Count > 0)
        .Select(declaration =>
            (Symbol: compilation.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration), declaration))
        .Where(pair => pair.Symbol is not null)
        .Select(pair => (pair.Symbol!, pair.declaration))
        .DistinctBy(pair => pair.Item1, SymbolEqualityComparer.Default);

    private static bool Has(INamedTypeSymbol type, string attribute) => type.GetAttributes().Any(data =>
        data.AttributeClass is { ContainingNamespace: { Name: "Dsl", ContainingNamespace.IsGlobalNamespace: true } } known
            && known.MetadataName == attribute);
}
