using System.Collections.Generic;
using System.Linq;

namespace Dsl.CodeFixes.Edits;

/// <summary>An argument with another value, or a new argument.</summary>
internal static class SetArgument
{
    public static IReadOnlyList<DocumentChange>? Changes(Place place, string name, string value)
    {
        if (place.Argument is { } written) return [place.Change(written.Expression.Span, Qualifier.OfValue(written.Parent?.Parent, value))];
        if (place.Attribute is not { } attribute) return null;
        value = Qualifier.OfValue(attribute, value);
        string argument = name.Length == 0 ? value : $"{name} = {value}";
        if (attribute.ArgumentList is not { } list) return [place.Insert(attribute.Name.Span.End, $"({argument})")];
        if (list.Arguments.FirstOrDefault(other => other.NameEquals?.Name.Identifier.ValueText == name) is { } same)
            return [place.Change(same.Expression.Span, value)];
        if (list.Arguments.Count == 0) return [place.Insert(list.OpenParenToken.Span.End, argument)];

        // Those without a name stand before those with one.
        return name.Length == 0
            ? [place.Insert(list.Arguments[0].SpanStart, argument + ", ")]
            : [place.Insert(list.Arguments.Last().Span.End, ", " + argument)];
    }
}
