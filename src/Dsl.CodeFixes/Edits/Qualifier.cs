using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dsl.CodeFixes.Edits;

/// <summary>What stands before the names of a declaration that says <c>Dsl.Linear</c> or <c>global::Dsl.Linear</c>.</summary>
internal static class Qualifier
{
    // A member of an enumeration, but neither a number nor a string.
    private static readonly Regex Member = new(@"^[A-Z]\w*\.[A-Z]\w*$", RegexOptions.CultureInvariant);

    /// <summary>The qualifier with its dot; empty where names are written alone.</summary>
    public static string Of(AttributeSyntax attribute) => attribute.Name switch
    {
        QualifiedNameSyntax name => name.Left + ".",
        AliasQualifiedNameSyntax name => name.Alias + "::",
        _ => "",
    };

    /// <summary>A value as the attribute can write it.</summary>
    public static string OfValue(SyntaxNode? attribute, string value) =>
        attribute is AttributeSyntax written && Member.IsMatch(value) ? Of(written) + value : value;
}
