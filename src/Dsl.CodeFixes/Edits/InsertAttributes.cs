using System.Collections.Generic;

namespace Dsl.CodeFixes.Edits;

/// <summary>Further attributes in the brackets of one.</summary>
internal static class InsertAttributes
{
    public static IReadOnlyList<DocumentChange>? Before(Place place, string attributes) =>
        place.Attribute is { } attribute ? [place.Insert(attribute.SpanStart, Qualifier.Of(attribute) + attributes + ", ")]
            : null;

    public static IReadOnlyList<DocumentChange>? Behind(Place place, string attributes) =>
        place.Attribute is { } attribute ? [place.Insert(attribute.Span.End, ", " + Qualifier.Of(attribute) + attributes)] : null;
}
