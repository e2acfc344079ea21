using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator;

/// <summary>
/// What generated files are called: after their types. Roslyn takes only some characters for a name, compares names without case,
/// and throws for one that it has already, which would cost the project every file.
/// </summary>
internal static class HintNames
{
    // With the folder of generated files before it, a longer one is no name of a file on every system.
    private const int MaximumLength = 150;

    /// <summary>The name of a type's file, unlike that of every other type's.</summary>
    /// <param name="kind">What the file holds, such as <c>Model</c>.</param>
    /// <param name="all">The full names of all types with a file of the kind, in an order that does not change.</param>
    public static string Of(string fullName, string kind, IEnumerable<string> all)
    {
        string name = Written(fullName);
        var alike = all.Distinct().Where(other => string.Equals(Written(other), name, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return alike.Count > 1 ? $"{name}.{kind}{alike.IndexOf(fullName)}.g.cs" : $"{name}.{kind}.g.cs";
    }

    /// <summary>
    /// The name as far as files can have it: without the @ of a keyword, and without what no file's name may hold.
    /// </summary>
    private static string Written(string fullName)
    {
        var name = new StringBuilder(fullName.Length);
        foreach (char character in fullName)
            if (character != '@')
                name.Append(SyntaxFacts.IsIdentifierPartCharacter(character) || character == '.' ? character : '_');
        return name.Length <= MaximumLength ? name.ToString() : name.ToString(0, MaximumLength).TrimEnd('.');
    }
}
