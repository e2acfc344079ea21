using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Dsl.CodeFixes.Edits;

/// <summary>A declaration without one of its attributes; without the brackets around it where it was alone in them.</summary>
internal static class RemoveAttribute
{
    public static IReadOnlyList<DocumentChange>? Changes(Place place)
    {
        if (place.Attribute is not { Parent: AttributeListSyntax list } attribute) return null;
        return list.Attributes.Count == 1
            ? [place.Change(Brackets(place.Text, list), "")]
            : [.. place.Remove(Separated.Without(place.Text, list.Attributes, attribute))];
    }

    /// <summary>The brackets with the line that they stand on, where nothing else does; else with the blanks on one side of
    /// them.</summary>
    private static TextSpan Brackets(SourceText text, AttributeListSyntax list)
    {
        var (start, end) = (list.SpanStart, list.Span.End);
        var (first, last) = (text.Lines.GetLineFromPosition(start), text.Lines.GetLineFromPosition(end));
        bool begins = Blank.IsBetween(text, first.Start, start), ends = Blank.IsBetween(text, end, last.End);
        if (begins && ends) return TextSpan.FromBounds(first.Start, last.EndIncludingLineBreak);
        while (!ends && end < last.End && char.IsWhiteSpace(text[end])) end++;
        while (ends && start > first.Start && char.IsWhiteSpace(text[start - 1])) start--;
        return TextSpan.FromBounds(start, end);
    }
}
