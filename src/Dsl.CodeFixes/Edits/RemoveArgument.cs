using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.CodeFixes.Edits;

/// <summary>An attribute without one of its arguments; without parentheses where it was the only one.</summary>
internal static class RemoveArgument
{
    public static IReadOnlyList<DocumentChange>? Changes(Place place)
    {
        if (place.Argument is not { Parent: AttributeArgumentListSyntax list } argument) return null;
        return list.Arguments.Count == 1 && Blank.IsBetween(place.Text, list.OpenParenToken.Span.End, argument.SpanStart)
            && Blank.IsBetween(place.Text, argument.Span.End, list.CloseParenToken.SpanStart)
            ? [place.Change(list.Span, "")]
            : [.. place.Remove(Separated.Without(place.Text, list.Arguments, argument))];
    }
}
