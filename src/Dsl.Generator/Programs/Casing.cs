using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Dsl.Generator.Binding;

namespace Dsl.Generator.Programs;

/// <summary>Names of layers as names of variables and back: <c>BatchNorm2d</c> and <c>batchNorm2d</c>, <c>ReLU</c> and
/// <c>relu</c>.</summary>
internal static class Casing
{
    // Capitals, each with at most one lower-case letter (PReLU, SiLU), up to a word of three letters or more (RMS|Norm).
    private static readonly Regex Abbreviation = new("^(?:[A-Z][a-z]?(?![a-z]))+", RegexOptions.CultureInvariant);

    private static readonly IReadOnlyList<(string Variable, string Name)> Abbreviated = typeof(LayerAttribute).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)
        .Select(type => AttributeBinder.ShortName(type.Name))
        .Where(name => Abbreviation.IsMatch(name))
        .Select(name => (Variable(name), name))
        .ToList();

    /// <summary>A member's name as that of a variable; an abbreviation that it begins with is one word.</summary>
    public static string Variable(string member)
    {
        int length = Math.Max(1, Abbreviation.Match(member).Length);
        return member.Substring(0, length).ToLowerInvariant() + member.Substring(length);
    }

    /// <summary>A variable's name as that of a member: the layer's own name, where it is the variable of one.</summary>
    public static string Member(string variable)
    {
        foreach (var (known, name) in Abbreviated)
        {
            if (variable.StartsWith(known, StringComparison.Ordinal) && variable.Length > known.Length
                && char.IsDigit(variable[known.Length]))
                return name + variable.Substring(known.Length);
        }

        return char.ToUpperInvariant(variable[0]) + variable.Substring(1);
    }
}
