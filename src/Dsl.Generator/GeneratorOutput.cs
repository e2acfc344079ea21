using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.Generator;

/// <summary>What the generator hands to the C# compiler: files and diagnostics.</summary>
internal static class GeneratorOutput
{
    /// <summary>The files of compiled declarations, named by their classes.</summary>
    public static void Write(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Compiled> compiled, string step)
    {
        var names = compiled.Select(static (result, _) => result.FullName).Collect()
            .Select(static (all, _) => new EquatableArray<string>(all.OrderBy(name => name, StringComparer.Ordinal)));
        context.RegisterSourceOutput(compiled.Combine(names), (output, pair) =>
        {
            var (result, all) = pair;
            if (result.Source is not null)
                output.AddSource(
                    HintNames.Of(result.FullName, step.TrimEnd('s'), all), SourceText.From(result.Source, Encoding.UTF8));
            if (result.Export is not null)
                output.AddSource(HintNames.Of(result.FullName, "Onnx", all), SourceText.From(result.Export, Encoding.UTF8));
        });
    }

    /// <summary>Findings as diagnostics, where no analyzer reports them.</summary>
    public static void Report(
        SourceProductionContext output, ImmutableArray<Finding> findings, ProjectDeclarations project, CompilerOptions options)
    {
        if (options.AreFindingsAnalyzed) return;
        foreach (var diagnostic in ProjectFindings.Diagnose(findings, new SiteTable(project.Locations, project.Trees)))
            output.ReportDiagnostic(diagnostic);
    }
}
