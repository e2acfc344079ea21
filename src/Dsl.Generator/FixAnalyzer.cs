using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Dsl.Generator;

/// <summary>
/// Offers the fixes of findings to editors in which the generator reports them, with their fixes: such a one may run generators
/// rarely, or ask no generator for diagnostics to fix. What stands here is hidden: nobody sees it but who asks for fixes. Where
/// <see cref="FindingAnalyzer"/> reports, its diagnostics carry their fixes, and nothing more is to be said.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FixAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Catalogue.FixAvailable];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var options = CompilerOptions.Read(start.Options.AnalyzerConfigOptionsProvider, start.Compilation);
            if (!options.AreFindingsAnalyzed)
                start.RegisterSymbolAction(type => Analyze(type, options), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, CompilerOptions options)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        Report(context, StrayReader.Read, strays => strays.Findings);
        foreach (var data in type.GetAttributes())
        {
            if (data.AttributeClass is not { ContainingNamespace: { Name: "Dsl",
                ContainingNamespace.IsGlobalNamespace: true } } attribute) continue;
            switch (attribute.MetadataName)
            {
                case "ModelAttribute" or "ModelAttribute`1":
                    Report(context, DeclarationReader.ReadModel, model => Compiler.Check(model, options));
                    break;
                case "TableAttribute":
                    Report(context, DatasetReader.ReadTable, Compiler.Check);
                    break;
                case "ImageFolderAttribute":
                    Report(context, DatasetReader.ReadImages, Compiler.Check);
                    break;
                case "BlockAttribute":
                    Report(context, DeclarationReader.ReadBlock, Compiler.Check);
                    break;
                case "AugmentationAttribute":
                    Report(context, DeclarationReader.ReadAugmentation, Compiler.Check);
                    break;
                case "TrainerAttribute`1":
                    Report(context, DeclarationReader.ReadTrainer, trainer => Compiler.Check(trainer, options));
                    break;
            }
        }
    }

    private static void Report<T>(
        SymbolAnalysisContext context, Func<INamedTypeSymbol, Compilation, CancellationToken, Located<T>?> read, Func<T,
        EquatableArray<Finding>> check)
        where T : class
    {
        if (read((INamedTypeSymbol)context.Symbol, context.Compilation, context.CancellationToken) is not { } located) return;
        var findings = check(located.Declaration).Where(finding => finding.Fixes.Count > 0).ToList();
        if (findings.Count == 0) return;
        var sites = new SiteTable(located.Locations, context.Compilation.SyntaxTrees);
        foreach (var finding in findings)
        {
            string titles = string.Join(", ", finding.Fixes.Select(fix => fix.Title));
            context.ReportDiagnostic(FixProperties.Diagnose(Catalogue.FixAvailable, finding, [finding.Id, titles], sites.Find));
        }
    }
}
