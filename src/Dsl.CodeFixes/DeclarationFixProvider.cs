using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Dsl.CodeFixes;

/// <summary>Makes the fixes that the compiler's diagnostics carry.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclarationFixProvider)), Shared]
public sealed class DeclarationFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. Catalogue.ById.Keys];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        // The analyzer and the generator report the same fixes. The analyzer's diagnostic stands first: an editor asks
        // analyzers, not generators, for what else could be fixed alike.
        var offers = new List<(FixProperties.Offer Offer, Diagnostic Diagnostic)>();
        foreach (var diagnostic in context.Diagnostics.OrderBy(diagnostic => diagnostic.Id != Catalogue.FixAvailable.Id))
            offers.AddRange(FixProperties.Read(diagnostic).Select(offer => (offer, diagnostic)));
        foreach (var same in offers.GroupBy(pair => (pair.Offer.Title, pair.Offer.Key)))
        {
            var offer = same.First().Offer;
            var solution = context.Document.Project.Solution;
            if (await DeclarationEdits.Apply(solution, offer.Steps, context.CancellationToken)
                .ConfigureAwait(false) is not { } changed) continue;
            context.RegisterCodeFix(
                CodeAction.Create(offer.Title, _ => Task.FromResult(changed), offer.Key),
                same.Select(pair => pair.Diagnostic).ToImmutableArray());
        }
    }
}
