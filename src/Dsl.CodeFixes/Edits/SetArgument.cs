using System;
using System.Collections.Generic;
using System.Linq;

namespace Dsl.CodeFixes.Edits;

/// <summary>An argument with another value, or a new argument.</summary>
internal static class SetArgument
{
    /// <param name="label">What stands before the value of a new argument: <c>Name = </c>, <c>name: </c>, or nothing.</param>
    public static IReadOnlyList<DocumentChange>? Changes(Place place, string label, string value)
    {
        if (place.Argument is { } written)
            return [place.Change(written.Expression.Span, Qualifier.OfValue(written.Parent?.Parent, value))];
        if (place.Attribute is not { } attribute) return null;
        value = Qualifier.OfValue(attribute, value);
        string argument = label + value;
        if (attribute.ArgumentList is not { } list) return [place.Insert(attribute.Name.Span.End, $"({argument})")];
        if (list.Arguments.Count == 0) return [place.Insert(list.OpenParenToken.Span.End, argument)];

        // Parameters stand before properties, and the first of them before all.
        bool isProperty = label.EndsWith("= ", StringComparison.Ordinal);
        return list.Arguments.LastOrDefault(other => label.Length > 0 && (isProperty || other.NameEquals is null)) is { } before
            ? [place.Insert(before.Span.End, ", " + argument)]
            : [place.Insert(list.Arguments[0].SpanStart, argument + ", ")];
    }
}
