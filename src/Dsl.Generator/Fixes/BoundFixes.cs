using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Fixes;

/// <summary>Fixes of one declared attribute.</summary>
internal static class BoundFixes
{
    public static Fix Remove<T>(this Bound<T> declared)
        where T : Attribute =>
        Fix.Remove(declared.Site, declared.Name);

    /// <summary>The attribute without an argument; null where it was not written as <c>Name = value</c>, which alone can be
    /// left out.</summary>
    public static Fix? Remove<T>(this Bound<T> declared, string argument)
        where T : Attribute =>
        declared.Written(argument) is { IsProperty: true } written ? Fix.RemoveArgument(written.Site, written.Name) : null;

    /// <summary>The attribute with a value for an argument; null where a block's parameter stands in its place.</summary>
    /// <param name="value">The value in C#.</param>
    public static Fix? Set<T>(this Bound<T> declared, string argument, string value)
        where T : Attribute =>
        declared.Written(argument) is { IsSubstituted: true }
            ? null
            : Fix.Set(declared.SiteOf(argument), Property(argument), value, Label(declared.Attribute, argument));

    public static Fix? Set<T>(this Bound<T> declared, string argument, long value)
        where T : Attribute =>
        declared.Set(argument, value.ToString(CultureInfo.InvariantCulture));

    public static Fix? Set<T>(this Bound<T> declared, string argument, double value)
        where T : Attribute =>
        declared.Set(argument, Scalar.Literal(value));

    /// <summary>The known name in place of one that is near it; null where none is.</summary>
    public static Fix? Correct<T>(this Bound<T> declared, string argument, string name, IEnumerable<string> known)
        where T : Attribute =>
        NearName.Of(name, known) is { } near && declared.Written(argument) is { IsSubstituted: false }
            ? declared.Set(argument, Quoted(near)) : null;

    /// <summary>Two numbers in each other's place; null where one of them was left to its default.</summary>
    public static Fix? Exchange<T>(this Bound<T> declared, string first, double firstValue, string second, double secondValue)
        where T : Attribute =>
        declared.Has(first) && declared.Has(second)
            ? Fix.All($"Exchange {first} and {second}", declared.Set(first, secondValue), declared.Set(second, firstValue))
            : null;

    public static string Quoted(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static ArgumentDeclaration? Written<T>(this Bound<T> declared, string argument)
        where T : Attribute =>
        declared.Declaration.Arguments.FirstOrDefault(
            candidate => string.Equals(candidate.Name, argument, StringComparison.OrdinalIgnoreCase)
            && candidate.Site.Argument >= 0);

    /// <summary>How a new argument is labelled: as a property, by a parameter's name, or not at all for the first
    /// parameter.</summary>
    private static string Label(Attribute attribute, string argument)
    {
        if (attribute.GetType().GetProperty(Property(argument))?.SetMethod is { IsPublic: true })
            return $"{Property(argument)} = ";
        var parameters = attribute.GetType().GetConstructors().SelectMany(constructor => constructor.GetParameters())
            .Where(candidate => string.Equals(candidate.Name, argument, StringComparison.OrdinalIgnoreCase));
        return parameters.First() is { Position: > 0 } parameter ? $"{parameter.Name}: " : "";
    }

    // A parameter is called like its property, but begins with a small letter.
    private static string Property(string argument) => char.ToUpperInvariant(argument[0]) + argument.Substring(1);
}
