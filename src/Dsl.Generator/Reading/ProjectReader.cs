using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Reading;

/// <summary>
/// Reads a project's declarations, and knows when an edit cannot have changed them: then the last reading is given again, the
/// very object, and nothing behind it runs. What a declaration says can depend on any file, through constants, aliases, base
/// types or blocks, but never on what stands between the braces of a method, unless the file has a part in a declaration: its
/// positions, or a <c>Forward</c>, may have changed.
/// </summary>
internal sealed class ProjectReader
{
    private Reading? _last;

    public ProjectDeclarations Read(Compilation compilation, CancellationToken cancellation)
    {
        var current = (CSharpCompilation)compilation;
        if (_last is { } last && last.Covers(current))
        {
            // The next edit is compared with this state, so that what was compared once is not again.
            if (last.Trees != current.SyntaxTrees) _last = last with { Trees = current.SyntaxTrees };
            return last.Declarations;
        }

        var declarations = ReadAnew(compilation, cancellation);
        _last = new Reading(current.SyntaxTrees, current.Options, current.AssemblyName, current.ExternalReferences, declarations);
        return declarations;
    }

    private static ProjectDeclarations ReadAnew(Compilation compilation, CancellationToken cancellation)
    {
        var types = DeclarationFinder.Find(compilation, cancellation);
        var unreadable = new List<Finding>();
        var places = new List<SiteLocation>();
        var models = Read(nameof(ModelAttribute), DeclarationReader.ReadModel);
        var blocks = Read(nameof(BlockAttribute), DeclarationReader.ReadBlock);
        var trainers = Read("TrainerAttribute", DeclarationReader.ReadTrainer);
        var augmentations = Read(nameof(AugmentationAttribute), DeclarationReader.ReadAugmentation);
        var tables = Read(nameof(TableAttribute), DatasetReader.ReadTable);
        var images = Read(nameof(ImageFolderAttribute), DatasetReader.ReadImages);

        var strays = new StrayReader(compilation, cancellation).Read();
        unreadable.AddRange(strays.Findings);
        places.AddRange(strays.Places);

        // Classes that an alias only made candidates count too: it costs no more than an unnecessary reading.
        var trees = types.SelectMany(type => type.DeclaringSyntaxReferences).Select(reference => reference.SyntaxTree)
            .Concat(strays.Trees).ToImmutableHashSet();
        return new ProjectDeclarations(
            models, blocks, trainers, augmentations, tables, images, [.. unreadable], [.. places], trees);

        ImmutableArray<Located<T>> Read<T>(
            string attribute, Func<INamedTypeSymbol, Compilation, CancellationToken, Located<T>?> read)
            where T : class =>
            // A class and a struct of one name are an error of C#, which keeps both: a file has room for one.
            Each(types.Where(type => DeclarationReader.HasAttribute(type, attribute)).GroupBy(TypeReader.FullName)
                .Select(alike => alike.First()),
                type => read(type, compilation, cancellation), unreadable, places);
    }

    /// <summary>What can be read of each; what fails is a finding at the type's name, and costs no other.</summary>
    public static ImmutableArray<Located<T>> Each<T>(
        IEnumerable<INamedTypeSymbol> types, Func<INamedTypeSymbol, Located<T>?> read, List<Finding> unreadable,
        List<SiteLocation> places)
        where T : class
    {
        var all = ImmutableArray.CreateBuilder<Located<T>>();
        foreach (var type in types)
        {
            var name = new AttributeReader(type, TypeReader.FullName(type), CancellationToken.None);
            var findings = new Findings();
            if (DeclarationGuard.Run(type.Name, name.NameSite(), findings, () => read(type)) is { } located) all.Add(located);
            if (!findings.Any) continue;
            unreadable.AddRange(findings.ToArray());
            places.AddRange(name.Locations);
        }

        return all.ToImmutable();
    }

    /// <summary>A reading and all that it can depend on.</summary>
    private sealed record Reading(
        ImmutableArray<SyntaxTree> Trees, CSharpCompilationOptions Options, string? Assembly,
        ImmutableArray<MetadataReference> References,
        ProjectDeclarations Declarations)
    {
        public bool Covers(CSharpCompilation compilation)
        {
            var trees = compilation.SyntaxTrees;
            if (trees.Length != Trees.Length || !ReferenceEquals(compilation.Options, Options)
                || compilation.AssemblyName != Assembly
                || compilation.ExternalReferences != References) return false;
            for (int i = 0; i < trees.Length; i++)
                if (!ReferenceEquals(trees[i], Trees[i]) && !IsInside(Trees[i], trees[i])) return false;
            return true;
        }

        /// <summary>Whether two states of a file differ between the braces of methods, and nowhere else.</summary>
        private bool IsInside(SyntaxTree before, SyntaxTree after) =>
            !Declarations.Trees.Contains(before) && before.FilePath == after.FilePath
            && before.Options.Equals(after.Options) && Outline.IsSame(before.GetRoot(), after.GetRoot());
    }
}
