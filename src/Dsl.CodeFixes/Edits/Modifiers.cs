using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.CodeFixes.Edits;

/// <summary>Modifiers of every part of a class.</summary>
internal static class Modifiers
{
    /// <summary>Each part that does not say <c>partial</c> says it, last of its modifiers, where C# wants it.</summary>
    public static async Task<IReadOnlyList<DocumentChange>?> MakePartial(Place place, CancellationToken cancellation)
    {
        var parts = await Parts(place, cancellation).ConfigureAwait(false);
        return parts?.Where(part => !Has(part.Syntax, SyntaxKind.PartialKeyword))
            .Select(part => part.Place.Insert(part.Syntax.Keyword.SpanStart, "partial ")).ToList();
    }

    /// <summary>The parts that say <c>internal</c> say <c>public</c>, or else the first part does.</summary>
    public static async Task<IReadOnlyList<DocumentChange>?> MakePublic(Place place, CancellationToken cancellation)
    {
        var parts = await Parts(place, cancellation).ConfigureAwait(false);
        if (parts is null || parts.Count == 0) return null;
        var said = parts.SelectMany(part => part.Syntax.Modifiers.Where(modifier => modifier.IsKind(SyntaxKind.InternalKeyword))
            .Select(modifier => part.Place.Change(modifier.Span, "public"))).ToList();
        if (said.Count > 0) return said;
        var (first, syntax) = parts[0];
        return [first.Insert(syntax.Modifiers.Count > 0 ? syntax.Modifiers[0].SpanStart : syntax.Keyword.SpanStart, "public ")];
    }

    private static bool Has(TypeDeclarationSyntax type, SyntaxKind modifier) => type.Modifiers.Any(modifier);

    private static async Task<IReadOnlyList<(Place Place, TypeDeclarationSyntax Syntax)>?> Parts(
        Place place, CancellationToken cancellation)
    {
        if (place.Type is not { } type) return null;
        var model = await place.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model?.GetDeclaredSymbol(type, cancellation) is not { } symbol) return null;
        var parts = new List<(Place, TypeDeclarationSyntax)>();
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (await reference.GetSyntaxAsync(cancellation).ConfigureAwait(false) is not TypeDeclarationSyntax syntax)
                return null;
            if (await Place.Find(place.Document.Project.Solution, syntax.GetLocation(), cancellation)
                .ConfigureAwait(false) is not { } part) continue;
            parts.Add((part, syntax));
        }

        return parts;
    }
}
