using System.Collections.Generic;

namespace Dsl.CodeFixes.Edits;

/// <summary>Another attribute with the same arguments.</summary>
internal static class RenameAttribute
{
    public static IReadOnlyList<DocumentChange>? Changes(Place place, string name) =>
        place.Attribute is { } attribute ? [place.Change(attribute.Name.Span, Qualifier.Of(attribute) + name)] : null;
}
