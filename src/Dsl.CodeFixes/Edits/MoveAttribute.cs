using System.Collections.Generic;

namespace Dsl.CodeFixes.Edits;

/// <summary>An attribute behind another one, as it was written.</summary>
internal static class MoveAttribute
{
    public static IReadOnlyList<DocumentChange>? Changes(Place place, Place? target)
    {
        if (place.Attribute is not { } attribute || target?.Attribute is not { } other) return null;
        return RemoveAttribute.Changes(place) is { } removed
            ? [.. removed, target.Insert(other.Span.End, ", " + attribute)]
            : null;
    }
}
