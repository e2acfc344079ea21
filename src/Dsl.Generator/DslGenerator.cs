using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.Generator;

/// <summary>Wires the incremental pipeline: read, compile, report.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class DslGenerator : IIncrementalGenerator
{
    /// <summary>Tracking names of the steps whose values must not depend on unrelated text.</summary>
    internal static readonly string[] Steps = ["Options", "Models", "Blocks", "Trainers", "Augmentations", "CompiledModels", "CompiledBlocks", "CompiledTrainers", "CompiledAugmentations"];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var options = context.AnalyzerConfigOptionsProvider
            .Select(static (provider, _) => new CompilerOptions(
                provider.GlobalOptions.TryGetValue("build_property.DslBackward", out string? value)
                && string.Equals(value, "autograd", StringComparison.OrdinalIgnoreCase) ? Backward.Autograd : Backward.Explicit))
            .WithTrackingName("Options");

        Register(context, "Dsl.ModelAttribute", "Models", DeclarationReader.ReadModel,
            models => models.Combine(options).Select(static (pair, _) => Compiler.Compile(pair.Left, pair.Right)));
        Register(context, "Dsl.BlockAttribute", "Blocks", DeclarationReader.ReadBlock,
            blocks => blocks.Select(static (block, _) => Compiler.Compile(block)));
        Register(context, "Dsl.TrainerAttribute`1", "Trainers", DeclarationReader.ReadTrainer,
            trainers => trainers.Combine(options).Select(static (pair, _) => Compiler.Compile(pair.Left, pair.Right)));
        Register(context, "Dsl.AugmentationAttribute", "Augmentations", DeclarationReader.ReadAugmentation,
            policies => policies.Select(static (policy, _) => Compiler.Compile(policy)));
    }

    private static void Register<T>(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        string step,
        Func<INamedTypeSymbol, Compilation, CancellationToken, Located<T>?> read,
        Func<IncrementalValuesProvider<T>, IncrementalValuesProvider<Compiled>> compile)
        where T : class
    {
        var located = context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is TypeDeclarationSyntax,
            (syntax, cancellation) => DeclarationReader.IsFirstPart(syntax) ? read((INamedTypeSymbol)syntax.TargetSymbol, syntax.SemanticModel.Compilation, cancellation) : null)
            .Where(static item => item is not null).Select(static (item, _) => item!);

        // Positions are split off before anything is compiled: a shift of the text re-runs nothing.
        var declarations = located.Select(static (item, _) => item.Declaration).WithTrackingName(step);
        var compiled = compile(declarations).WithTrackingName("Compiled" + step);
        var names = compiled.Select(static (result, _) => result.FullName).Collect()
            .Select(static (all, _) => new EquatableArray<string>(all.OrderBy(name => name, StringComparer.Ordinal)));
        context.RegisterSourceOutput(compiled.Combine(names), (output, pair) =>
        {
            var (result, all) = pair;
            if (result.Source is not null)
                output.AddSource(HintName(result.FullName, step.TrimEnd('s'), all), SourceText.From(result.Source, Encoding.UTF8));
        });

        var findings = compiled.Where(static result => result.Findings.Count > 0).Collect();
        var locations = located.SelectMany(static (item, _) => item.Locations).Collect();
        context.RegisterSourceOutput(findings.Combine(locations).Combine(context.CompilationProvider), static (output, input) =>
        {
            var ((results, locations), compilation) = input;
            if (results.IsEmpty) return;
            Report(output, results, locations, compilation);
        });
    }

    private static void Report(
        SourceProductionContext output, ImmutableArray<Compiled> results, ImmutableArray<SiteLocation> sites, Compilation compilation)
    {
        var bySite = new Dictionary<Site, SiteLocation>();
        foreach (var location in sites) bySite[location.Site] = location;
        var trees = compilation.SyntaxTrees.ToLookup(tree => tree.FilePath);
        foreach (var finding in results.SelectMany(result => result.Findings))
        {
            output.ReportDiagnostic(Diagnostic.Create(
                Catalogue.ById[finding.Id],
                Find(finding.Site),
                finding.Related is null ? [] : new[] { Find(finding.Related) },
                finding.Arguments.Cast<object>().ToArray()));
        }

        // A location made from a syntax tree, not from a path: only such a one obeys #pragma warning.
        Location Find(Site site) => bySite.TryGetValue(site, out var place) && trees[place.Path].FirstOrDefault() is { } tree
            ? Location.Create(tree, new TextSpan(place.Start, place.Length))
            : Location.None;
    }

    // Hint names compare without case, type names do not: Net and NET in one project must not collide.
    private static string HintName(string fullName, string kind, EquatableArray<string> all)
    {
        var alike = all.Where(name => string.Equals(name, fullName, StringComparison.OrdinalIgnoreCase)).Distinct().ToList();
        return alike.Count > 1 ? $"{fullName}.{kind}{alike.IndexOf(fullName)}.g.cs" : $"{fullName}.{kind}.g.cs";
    }
}
