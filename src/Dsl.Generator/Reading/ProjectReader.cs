using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Reading;

/// <summary>
/// Reads a project's declarations, and knows when an edit cannot have changed them: then the last reading is given again, the very object, and
/// nothing behind it runs. What a declaration says can depend on any file, through constants, aliases, base types or blocks, but never on
/// what stands between the braces of a method, unless the file has a part in a declaration: its positions, or a <c>Forward</c>, may have changed.
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
        var models = Read(nameof(ModelAttribute), DeclarationReader.ReadModel);
        var blocks = Read(nameof(BlockAttribute), DeclarationReader.ReadBlock);
        var trainers = Read("TrainerAttribute", DeclarationReader.ReadTrainer);
        var augmentations = Read(nameof(AugmentationAttribute), DeclarationReader.ReadAugmentation);

        // Classes that an alias only made candidates count too: it costs no more than an unnecessary reading.
        var trees = types.SelectMany(type => type.DeclaringSyntaxReferences).Select(reference => reference.SyntaxTree).ToImmutableHashSet();
        return new ProjectDeclarations(models, blocks, trainers, augmentations, trees);

        ImmutableArray<Located<T>> Read<T>(string attribute, Func<INamedTypeSymbol, Compilation, CancellationToken, Located<T>?> read)
            where T : class =>
            [.. types.Where(type => DeclarationReader.HasAttribute(type, attribute)).Select(type => read(type, compilation, cancellation)).OfType<Located<T>>()];
    }

    /// <summary>A reading and all that it can depend on.</summary>
    private sealed record Reading(
        ImmutableArray<SyntaxTree> Trees, CSharpCompilationOptions Options, string? Assembly, ImmutableArray<MetadataReference> References,
        ProjectDeclarations Declarations)
    {
        public bool Covers(CSharpCompilation compilation)
        {
            var trees = compilation.SyntaxTrees;
            if (trees.Length != Trees.Length || !ReferenceEquals(compilation.Options, Options) || compilation.AssemblyName != Assembly
                || compilation.ExternalReferences != References) return false;
            for (int i = 0; i < trees.Length; i++)
                if (!ReferenceEquals(trees[i], Trees[i]) && !IsInside(Trees[i], trees[i])) return false;
            return true;
        }

        /// <summary>Whether two states of a file differ between the braces of methods, and nowhere else.</summary>
        private bool IsInside(SyntaxTree before, SyntaxTree after) => !Declarations.Trees.Contains(before) && before.FilePath == after.FilePath
            && before.Options.Equals(after.Options) && SyntaxFactory.AreEquivalent(before, after, topLevel: true);
    }
}
