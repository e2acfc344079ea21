using System;
using System.Collections.Generic;
using Dsl.Generator.Checking;
using Dsl.Generator.Checking.Practices;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Emitting;

namespace Dsl.Generator;

/// <summary>What became of a declaration: a file, or findings.</summary>
/// <param name="FullName">The declared type.</param>
/// <param name="Source">The generated file; null when something is wrong.</param>
internal sealed record Compiled(string FullName, string? Source, EquatableArray<Finding> Findings);

/// <summary>Declaration in, C# out: check, lower, differentiate, optimise, emit. No Roslyn, no positions.</summary>
internal static class Compiler
{
    public static Compiled Compile(ModelDeclaration declaration, CompilerOptions options) => Guard(declaration.Type, findings =>
        ModelChecker.Check(declaration, findings) is { } network ? ModelEmitter.Emit(declaration, network, options, findings) : null);

    public static Compiled Compile(TrainerDeclaration declaration, CompilerOptions options) => Guard(declaration.Type, findings =>
        TrainerChecker.Check(declaration, options, findings) is { } trainer ? TrainerEmitter.Emit(trainer) : null);

    public static Compiled Compile(AugmentationDeclaration declaration) => Guard(declaration.Type, findings =>
    {
        AugmentationChecker.Check(declaration, findings);
        return null;
    });

    public static Compiled Compile(BlockDeclaration declaration) => Guard(declaration.Type, findings =>
    {
        BlockChecker.Check(declaration, findings);
        return null;
    });

    /// <summary>What is wrong with a declaration. Nothing is emitted, unless a budget asks what the planned passes cost.</summary>
    public static EquatableArray<Finding> Check(ModelDeclaration declaration, CompilerOptions options) =>
        declaration.Budget is not null ? Compile(declaration, options).Findings : Guard(declaration.Type, findings =>
        {
            ModelChecker.Check(declaration, findings);
            return null;
        }).Findings;

    public static EquatableArray<Finding> Check(TrainerDeclaration declaration, CompilerOptions options) => Guard(declaration.Type, findings =>
    {
        TrainerChecker.Check(declaration, options, findings);
        return null;
    }).Findings;

    public static EquatableArray<Finding> Check(AugmentationDeclaration declaration) => Compile(declaration).Findings;

    public static EquatableArray<Finding> Check(BlockDeclaration declaration) => Compile(declaration).Findings;

    /// <summary>What only all trainers of a project together show.</summary>
    public static EquatableArray<Finding> CompileTogether(IReadOnlyCollection<TrainerDeclaration> trainers)
    {
        var findings = new Findings();
        SmoothedTeacher.Check(trainers, findings);
        return findings.ToArray();
    }

    // An exception in a generator is a mere warning to its user and drops every file; here it costs one declaration and
    // says which.
    private static Compiled Guard(TypeDeclaration type, Func<Findings, string?> compile)
    {
        var findings = new Findings();
        try
        {
            return new Compiled(type.FullName, compile(findings), findings.ToArray());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            findings.Add(Catalogue.InternalError, type.Site, type.Name, $"{exception.GetType().Name}: {exception.Message}");
            return new Compiled(type.FullName, null, findings.ToArray());
        }
    }
}
