using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator;

/// <summary>A kind of declaration: which of them a project has, and what the compiler makes of one.</summary>
internal abstract class DeclarationKind
{
    /// <summary>All kinds, in the order of their findings.</summary>
    public static ImmutableArray<DeclarationKind> All { get; } =
    [
        new DeclarationKind<ModelDeclaration>("Models", static project => project.Models, Compiler.Compile)
        {
            Runs = true,
            IsAnswered = static (finding, project) =>
                Compiler.IsAnswered(finding, project.Trainers.Select(trainer => trainer.Declaration)),
            For = static (model, followed, options) => options with { TellsGradients = followed.Contains(model.Type.FullName) },
        },
        new DeclarationKind<BlockDeclaration>(
            "Blocks", static project => project.Blocks, static (block, _) => Compiler.Compile(block)),
        new DeclarationKind<TrainerDeclaration>("Trainers", static project => project.Trainers, Compiler.Compile)
        {
            Runs = true,
            Together = Compiler.CompileTogether,
        },
        new DeclarationKind<AugmentationDeclaration>(
            "Augmentations", static project => project.Augmentations, static (policy, _) => Compiler.Compile(policy)),
        new DeclarationKind<DatasetDeclaration>("Tables", static project => project.Tables, Compiler.Compile),
        new DeclarationKind<DatasetDeclaration>("ImageFolders", static project => project.ImageFolders, Compiler.Compile),
    ];

    /// <summary>Tracking name of the step that has their declarations.</summary>
    public abstract string Step { get; }

    /// <summary>Whether what is generated of them runs, and libtorch with it.</summary>
    public bool Runs { get; init; }

    /// <summary>Wires their part of the pipeline.</summary>
    /// <param name="followed">Models whose backward pass a trainer follows.</param>
    /// <returns>Whether any declaration is right, so that its file runs.</returns>
    public abstract IncrementalValueProvider<bool> Register(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<ProjectDeclarations> project,
        IncrementalValueProvider<CompilerOptions> options,
        IncrementalValueProvider<EquatableArray<string>> followed);

    /// <summary>What the generator finds in those of a project.</summary>
    /// <param name="known">Findings of a declaration, compiled before or now.</param>
    public abstract IEnumerable<Finding> Find(
        ProjectDeclarations project, CompilerOptions options, Func<object, Func<Compiled>, EquatableArray<Finding>> known);
}

/// <inheritdoc/>
/// <typeparam name="T">A declaration.</typeparam>
internal sealed class DeclarationKind<T>(
    string step, Func<ProjectDeclarations, ImmutableArray<Located<T>>> choose, Func<T, CompilerOptions, Compiled> compile)
    : DeclarationKind
    where T : class
{
    public override string Step => step;

    /// <summary>What only all of them together show; null for nothing.</summary>
    public Func<IReadOnlyCollection<T>, EquatableArray<Finding>>? Together { get; init; }

    /// <summary>Whether something else in the project answers a finding; null where nothing does.</summary>
    public Func<Finding, ProjectDeclarations, bool>? IsAnswered { get; init; }

    /// <summary>Options of a declaration, by the models whose backward pass is followed; null where they are
    /// everybody's.</summary>
    public Func<T, EquatableArray<string>, CompilerOptions, CompilerOptions>? For { get; init; }

    public override IncrementalValueProvider<bool> Register(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<ProjectDeclarations> project,
        IncrementalValueProvider<CompilerOptions> options,
        IncrementalValueProvider<EquatableArray<string>> followed)
    {
        // Positions are split off before anything is compiled: a shift of the text re-runs nothing.
        var declarations = project.SelectMany((declared, _) => choose(declared).Select(item => item.Declaration))
            .WithTrackingName(step);
        var each = For is null
            ? declarations.Combine(options).Select((pair, _) =>
                ProjectFindings.Keep(pair.Left, pair.Right, compile(pair.Left, pair.Right)))
            : declarations.Combine(options).Combine(followed).Select((pair, _) => ProjectFindings.Keep(
                pair.Left.Left, pair.Left.Right, compile(pair.Left.Left, For(pair.Left.Left, pair.Right, pair.Left.Right))));
        var compiled = each.WithTrackingName("Compiled" + step);
        GeneratorOutput.Write(context, compiled, step);
        var found = compiled.Where(static result => result.Findings.Count > 0).SelectMany(static (result, _) => result.Findings)
            .Collect();
        var findings = Together is null ? found : found
            .Combine(declarations.Collect().Select((all, _) => Together(all)).WithTrackingName("Together" + step))
            .Select(static (pair, _) => pair.Left.AddRange(pair.Right));
        context.RegisterSourceOutput(findings.Combine(project).Combine(options), (output, input) =>
        {
            var ((all, declared), settings) = input;
            if (IsAnswered is not null) all = all.RemoveAll(finding => IsAnswered(finding, declared));
            if (!all.IsEmpty) GeneratorOutput.Report(output, all, declared, settings);
        });
        return compiled.Where(static result => result is { Source: not null, IsSkeleton: false }).Collect()
            .Select(static (written, _) => !written.IsEmpty);
    }

    public override IEnumerable<Finding> Find(
        ProjectDeclarations project, CompilerOptions options, Func<object, Func<Compiled>, EquatableArray<Finding>> known)
    {
        var declarations = choose(project).Select(item => item.Declaration).ToList();
        var found = declarations.SelectMany(declaration => known(declaration, () => compile(declaration, options)))
            .Where(finding => IsAnswered is null || !IsAnswered(finding, project));
        return Together is null ? found : found.Concat(Together(declarations));
    }
}
