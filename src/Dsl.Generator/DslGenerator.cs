using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Emitting;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.Generator;

/// <summary>Wires the incremental pipeline: read, compile, report.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class DslGenerator : IIncrementalGenerator
{
    /// <summary>Tracking names of the steps whose values must not depend on unrelated text.</summary>
    internal static readonly string[] Steps =
        ["Options", "Models", "Blocks", "Trainers", "Augmentations", "Tables", "ImageFolders", "Startup", "TogetherTrainers",
            "CompiledModels",
        "CompiledBlocks", "CompiledTrainers", "CompiledAugmentations", "CompiledTables", "CompiledImageFolders"];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var options = context.AnalyzerConfigOptionsProvider.Combine(context.ParseOptionsProvider)
            .Select(static (pair, _) => CompilerOptions.Read(pair.Left, pair.Right))
            .Combine(context.CompilationProvider.Select(static (compilation, _) => CompilerOptions.HasOnnx(compilation)))
            .Select(static (pair, _) => pair.Left with { ExportsOnnx = pair.Right })
            .WithTrackingName("Options");

        var reader = new ProjectReader();
        var project = context.CompilationProvider.Select(reader.Read);
        var listened = project.Select(static (declared, _) => new EquatableArray<string>(
            declared.Trainers.Select(trainer => trainer.Declaration).Where(trainer => trainer.FollowsBackward)
                .Select(trainer => trainer.Model?.Type.FullName).OfType<string>().Distinct()));
        var models = Register(context, project, options, "Models", static declared => declared.Models,
            models => models.Combine(options).Combine(listened).Select(static (pair, _) =>
                ProjectFindings.Keep(pair.Left.Left, pair.Left.Right, Compiler.Compile(pair.Left.Left,
                    pair.Left.Right with { TellsGradients = pair.Right.Contains(pair.Left.Left.Type.FullName) }))),
            isAnswered: static (finding, project) => Compiler.IsAnswered(
                finding, project.Trainers.Select(trainer => trainer.Declaration)));
        Register(context, project, options, "Blocks", static declared => declared.Blocks,
            blocks => blocks.Select(static (block, _) => Compiler.Compile(block)));
        var trainers = Register(context, project, options, "Trainers", static declared => declared.Trainers,
            trainers => trainers.Combine(options).Select(static (pair, _) =>
                ProjectFindings.Keep(pair.Left, pair.Right, Compiler.Compile(pair.Left, pair.Right))),
            Compiler.CompileTogether);
        Register(context, project, options, "Augmentations", static declared => declared.Augmentations,
            policies => policies.Select(static (policy, _) => Compiler.Compile(policy)));
        Register(context, project, options, "Tables", static declared => declared.Tables,
            tables => tables.Combine(options).Select(static (pair, _) =>
                ProjectFindings.Keep(pair.Left, pair.Right, Compiler.Compile(pair.Left, pair.Right))));
        Register(context, project, options, "ImageFolders", static declared => declared.ImageFolders,
            images => images.Combine(options).Select(static (pair, _) =>
                ProjectFindings.Keep(pair.Left, pair.Right, Compiler.Compile(pair.Left, pair.Right))));
        RegisterStartup(context, models.Combine(trainers));
        context.RegisterSourceOutput(project.Combine(options), static (output, input) =>
        {
            var (declared, settings) = input;
            if (!declared.Unreadable.IsEmpty) Report(output, declared.Unreadable, declared, settings);
        });
    }

    // A program may call TorchSharp before it touches a model: what has to stand before libtorch loads is the assembly's first
    // act.
    private static void RegisterStartup(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<(bool Models, bool Trainers)> written)
    {
        var runs = written.Select(static (any, _) => any.Models || any.Trainers).WithTrackingName("Startup");
        context.RegisterImplementationSourceOutput(runs, static (output, runs) =>
        {
            if (runs) output.AddSource(StartupEmitter.HintName, SourceText.From(StartupEmitter.Source, Encoding.UTF8));
        });
    }

    /// <returns>Whether any declaration is right, so that its file runs.</returns>
    private static IncrementalValueProvider<bool> Register<T>(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<ProjectDeclarations> project,
        IncrementalValueProvider<CompilerOptions> options,
        string step,
        Func<ProjectDeclarations, ImmutableArray<Located<T>>> choose,
        Func<IncrementalValuesProvider<T>, IncrementalValuesProvider<Compiled>> compile,
        Func<IReadOnlyCollection<T>, EquatableArray<Finding>>? together = null,
        Func<Finding, ProjectDeclarations, bool>? isAnswered = null)
        where T : class
    {
        // Positions are split off before anything is compiled: a shift of the text re-runs nothing.
        var declarations = project.SelectMany((declared, _) => choose(declared).Select(item => item.Declaration))
            .WithTrackingName(step);
        var compiled = compile(declarations).WithTrackingName("Compiled" + step);
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

        var each = compiled.Where(static result => result.Findings.Count > 0).SelectMany(static (result, _) => result.Findings)
            .Collect();
        var findings = together is null ? each : each
            .Combine(declarations.Collect().Select((all, _) => together(all)).WithTrackingName("Together" + step))
            .Select(static (pair, _) => pair.Left.AddRange(pair.Right));
        context.RegisterSourceOutput(findings.Combine(project).Combine(options), (output, input) =>
        {
            var ((all, declared), settings) = input;
            if (isAnswered is not null) all = all.RemoveAll(finding => isAnswered(finding, declared));
            if (!all.IsEmpty) Report(output, all, declared, settings);
        });
        return compiled.Where(static result => result is { Source: not null, IsSkeleton: false }).Collect()
            .Select(static (written, _) => !written.IsEmpty);
    }

    private static void Report(
        SourceProductionContext output, ImmutableArray<Finding> findings, ProjectDeclarations project, CompilerOptions options)
    {
        if (options.AreFindingsAnalyzed) return;
        foreach (var diagnostic in ProjectFindings.Diagnose(findings, new SiteTable(project.Locations, project.Trees)))
            output.ReportDiagnostic(diagnostic);
    }
}
