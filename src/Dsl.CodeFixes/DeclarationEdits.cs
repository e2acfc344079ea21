using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Dsl.CodeFixes.Edits;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.CodeFixes;

/// <summary>Edits of declarations as changes of text, so that what stands around them stays as it was written.</summary>
internal static class DeclarationEdits
{
    /// <summary>The solution after the edits; null where the text is no longer what the edits were made for.</summary>
    public static async Task<Solution?> Apply(
        Solution solution, IReadOnlyList<FixProperties.Step> steps, CancellationToken cancellation)
    {
        var changes = new List<DocumentChange>();
        foreach (var step in steps)
        {
            if (await Place.Find(solution, step.Place, cancellation).ConfigureAwait(false) is not { } place) return null;
            var target = step.Target is null ? null : await Place.Find(solution, step.Target, cancellation).ConfigureAwait(false);
            var made = step.Kind switch
            {
                EditKind.MakePartial => await Modifiers.MakePartial(place, cancellation).ConfigureAwait(false),
                EditKind.MakePublic => await Modifiers.MakePublic(place, cancellation).ConfigureAwait(false),
                EditKind.SetArgument => SetArgument.Changes(place, step.Name, step.Value),
                EditKind.RemoveArgument => RemoveArgument.Changes(place),
                EditKind.RemoveAttribute => RemoveAttribute.Changes(place),
                EditKind.InsertBefore => InsertAttributes.Before(place, step.Value),
                EditKind.InsertBehind => InsertAttributes.Behind(place, step.Value),
                EditKind.RenameAttribute => RenameAttribute.Changes(place, step.Value),
                EditKind.MoveBehind => MoveAttribute.Changes(place, target),
                _ => null,
            };
            if (made is null) return null;
            changes.AddRange(made);
        }

        foreach (var document in changes.GroupBy(change => change.Document))
        {
            var ordered = document.Select(change => change.Change).OrderBy(change => change.Span.Start)
                .ThenBy(change => change.Span.End).ToList();
            if (ordered.Zip(ordered.Skip(1), (first, second) => first.Span.End > second.Span.Start).Any(overlaps => overlaps))
                return null;
            var text = await solution.GetDocument(document.Key)!.GetTextAsync(cancellation).ConfigureAwait(false);
            solution = solution.WithDocumentText(document.Key, text.WithChanges(ordered));
        }

        return solution;
    }
}

/// <summary>A change of the text of one document.</summary>
internal sealed record DocumentChange(DocumentId Document, TextChange Change);
