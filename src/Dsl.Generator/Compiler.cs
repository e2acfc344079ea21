using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Checking;
using Dsl.Generator.Checking.Practices;
using Dsl.Generator.Checking.Datasets;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Emitting;
using Dsl.Generator.Recipes;
using Dsl.Generator.Schemes;
using Dsl.Generator.Skeletons;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator;

/// <summary>What became of a declaration: a file, or findings.</summary>
/// <param name="FullName">The declared type.</param>
/// <param name="Source">The generated file; when something is wrong a skeleton, or null where the class cannot have one.</param>
internal sealed record Compiled(string FullName, string? Source, EquatableArray<Finding> Findings)
{
    /// <summary>Whether the file holds the members of the class and nothing that they do.</summary>
    public bool IsSkeleton { get; init; }

    /// <summary>A model's second file, which writes it as ONNX; null where the project asks for none.</summary>
    public string? Export { get; init; }
}

/// <summary>Declaration in, C# out: check, lower, differentiate, optimise, emit. No Roslyn, no positions.</summary>
internal static class Compiler
{
    public static Compiled Compile(ModelDeclaration declaration, CompilerOptions options)
    {
        string? export = null;
        var compiled = Guard(
            declaration.Type,
            findings => CanCompile(declaration.Type, "this()", options, findings)
                ? ClassFile.Of(declaration, options, findings, out export) : null,
            renamed => ClassFile.Of(declaration with { Type = renamed }, options, new Findings()),
            () => Skeleton.Of(declaration, options));
        if (!options.ExportsOnnx || compiled.Source is null) return compiled;
        return compiled with { Export = compiled.IsSkeleton ? OnnxEmitter.Skeleton(declaration.Type) : export };
    }

    public static Compiled Compile(TrainerDeclaration declaration, CompilerOptions options) => Guard(
        declaration.Type,
        findings => CanCompile(declaration.Type, "this(model)", options, findings)
            ? EmitChecked(declaration, options, findings) : null,
        renamed => ClassFile.Of(declaration with { Type = renamed }, options, new Findings()),
        () => Skeleton.Of(declaration, options));

    public static Compiled Compile(AugmentationDeclaration declaration) => Guard(declaration.Type, findings =>
    {
        AugmentationChecker.Check(declaration, findings);
        return null;
    });

    public static Compiled Compile(DatasetDeclaration declaration, CompilerOptions options) => Guard(
        declaration.Type,
        findings => IsNewEnough(declaration.Type, options, findings) ? ClassFile.Of(declaration, findings) : null,
        renamed => ClassFile.Of(declaration with { Type = renamed }, new Findings()),
        () => Skeleton.Of(declaration, options));

    public static Compiled Compile(BlockDeclaration declaration) => Guard(declaration.Type, findings =>
    {
        BlockChecker.Check(declaration, findings);
        return null;
    });

    /// <summary>What is wrong with a declaration. Nothing is emitted, unless a budget asks what the planned passes
    /// cost.</summary>
    public static EquatableArray<Finding> Check(ModelDeclaration declaration, CompilerOptions options) =>
        declaration.Budget is not null ? Compile(declaration, options).Findings : Guard(declaration.Type, findings =>
        {
            ModelChecker.Check(declaration, findings);
            return null;
        }).Findings;

    public static EquatableArray<Finding> Check(TrainerDeclaration declaration, CompilerOptions options) =>
        Guard(declaration.Type, findings =>
    {
        TrainerChecker.Check(declaration, options, findings);
        return null;
    }).Findings;

    public static EquatableArray<Finding> Check(AugmentationDeclaration declaration) => Compile(declaration).Findings;

    public static EquatableArray<Finding> Check(DatasetDeclaration declaration) => Guard(declaration.Type, findings =>
    {
        DatasetChecker.Check(declaration, findings);
        return null;
    }).Findings;

    public static EquatableArray<Finding> Check(BlockDeclaration declaration) => Compile(declaration).Findings;

    /// <summary>Whether a warning of a model does not hold, since a trainer of the project gives the network what it
    /// misses.</summary>
    public static bool IsAnswered(Finding finding, IEnumerable<TrainerDeclaration> trainers) =>
        finding.Id == Catalogue.AttentionWithoutPositions.Id && trainers.Any(trainer =>
            trainer.Model?.Model.Site.Owner == finding.Site.Owner && trainer.Attributes.Any(attribute =>
                AttributeBinder.Read<SchemeAttribute>(attribute) is { } scheme && Scheme.Of(scheme).GivesPlaces));

    /// <summary>Whether gradients of a trainer's model are followed while its backward pass writes them, as a part of the recipe
    /// says.</summary>
    public static bool FollowsBackward(TrainerDeclaration trainer) => trainer.Attributes.Any(attribute =>
        AttributeBinder.Read<RecipeAttribute>(attribute) is { } recipe && RecipePart.Of(recipe).OverlapsSum(recipe));

    /// <summary>What only all trainers of a project together show.</summary>
    public static EquatableArray<Finding> CompileTogether(IReadOnlyCollection<TrainerDeclaration> trainers)
    {
        var findings = new Findings();
        foreach (var trainer in trainers)
        {
            DeclarationGuard.Run(trainer.Type.Name, trainer.Type.Site, findings, () =>
            {
                SmoothedTeacher.Check(trainer, trainers, findings);
                return trainer;
            });
        }

        return findings.ToArray();
    }

    private static bool CanCompile(TypeDeclaration type, string call, CompilerOptions options, Findings findings) =>
        IsNewEnough(type, options, findings) && ConstructionChecker.CanConstruct(type, call, findings);

    private static bool IsNewEnough(TypeDeclaration type, CompilerOptions options, Findings findings)
    {
        if (options.Language >= CompilerOptions.OldestLanguage) return true;
        findings.Add(Catalogue.OldLanguage, type.Site, type.Name,
            CompilerOptions.OldestLanguage.ToDisplayString(), options.Language.ToDisplayString());
        return false;
    }

    private static string? EmitChecked(TrainerDeclaration declaration, CompilerOptions options, Findings findings)
    {
        string? source = ClassFile.Of(declaration, options, findings);
        if (source is not null) ConstructionChecker.CheckCopies(declaration, source, findings);
        return source;
    }

    private static Compiled Guard(
        TypeDeclaration type,
        Func<Findings, string?> compile,
        Func<TypeDeclaration, string?>? rename = null,
        Func<string?>? outline = null)
    {
        var findings = new Findings();
        string? source = DeclarationGuard.Run(type.Name, type.Site, findings, () =>
        {
            string? written = compile(findings);
            if (written is not null && type.Hidden.Count > 0 && rename is not null)
            {
                // What is left of its name when the class has another one is an import.
                string? imports = type.Hidden.Any(hidden => hidden.Name == type.Name) ? rename(type with { Name = "Renamed" })
                    : written;
                PlacementChecker.CheckImports(type, imports ?? written, findings);
            }

            return written;
        });
        bool isRight = source is not null && !findings.Any;
        if (!isRight) source = outline is null ? null : DeclarationGuard.Run(type.Name, type.Site, findings, outline);
        return new Compiled(type.FullName, source, findings.ToArray()) { IsSkeleton = !isRight };
    }
}
