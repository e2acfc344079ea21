using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace Dsl.Generator.Programs;

/// <summary>Names that become names in C#.</summary>
internal static class Identifier
{
    private static readonly Regex Valid = new("^[A-Za-z][A-Za-z0-9]*$", RegexOptions.CultureInvariant);

    // Variables of generated methods, and members of a trainer's Batch.
    private static readonly HashSet<string> Taken =
        new(["all", "draws", "gradients", "input", "label", "mixing", "noGrad", "outputGradient", "running", "scope", "tape",
            "unlabeled"],
            StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a name begins with a letter, goes on with letters and digits, and is no keyword.</summary>
    public static bool IsValid(string? name) =>
        name is not null && Valid.IsMatch(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None;

    /// <summary>What to do about a name that is not valid.</summary>
    public static string Remedy(string? name) =>
        name is not null && SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "choose one that is no keyword of C#"
        : "begin it with a letter from A to Z, and go on with such letters and digits";

    /// <summary>A name of the user's as C# reads it where it is that of a keyword, too.</summary>
    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>Whether a local variable of generated code can have the name.</summary>
    public static bool IsFree(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && !IsReserved(name);

    /// <summary>Whether generated code has another use for the name.</summary>
    public static bool IsReserved(string name) => Taken.Contains(name);
}
