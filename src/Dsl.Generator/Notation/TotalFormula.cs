using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Notation;

/// <summary>What a trainer minimises, in mathematical notation: the sum of its terms, each with its weight.</summary>
internal static class TotalFormula
{
    /// <summary>What the phase minimises that the losses of a step are watched by.</summary>
    public static string Of(TrainerProgram trainer) => Of(trainer, trainer.Watched);

    public static string Of(TrainerProgram trainer, Phase phase)
    {
        // What a notation defines, as p in "..., p = softmax(z)", stands once, behind the sum.
        var terms = phase.Terms.Select(term => (Parts: Definition.Split(term.Notation), term.Weight)).ToList();
        string sum = string.Join(" + ", terms.Select(
            (term, i) => Weighted(term.Parts[0], term.Weight is null ? "1" : Factor(trainer, term.Weight), i > 0)));
        return string.Join(", ", terms.SelectMany(term => term.Parts.Skip(1)).Distinct().Prepend(sum));
    }

    /// <summary>A notation as a part of another one; what it defines stays behind.</summary>
    public static string Within(string notation, string before, string after)
    {
        string[] parts = Definition.Split(notation);
        return string.Join(", ", parts.Skip(1).Prepend(before + parts[0] + after));
    }

    /// <summary>A weight as the declaration gives it; one that depends on the step as a function of it.</summary>
    public static string Factor(TrainerProgram trainer, Scalar weight) =>
        trainer.Hyperparameters.FirstOrDefault(parameter => parameter.Name == weight.Code)?.Value ?? Varying(trainer, weight);

    /// <summary>The weights that depend on the step.</summary>
    public static IEnumerable<ExplainedSymbol> Weights(TrainerProgram trainer) => trainer.Terms
        .Where(term => term.Weight is not null && trainer.Hyperparameters.All(parameter => parameter.Name != term.Weight.Code))
        .Select(term => new ExplainedSymbol(
            Varying(trainer, term.Weight!), Meaning(trainer, term), term.Weight!.Code.Split('(')[0], null));

    /// <summary>The letters of an objective, with the trainer's properties in place of the attribute's.</summary>
    /// <param name="named">The name of an attribute's property as one of the trainer.</param>
    public static IReadOnlyList<ExplainedSymbol> Explain(
        IEnumerable<Symbol> symbols, Attribute attribute, Func<string, string> named) =>
        symbols.Select(symbol => symbol.Property is null
            ? new ExplainedSymbol(symbol.Letter, symbol.Meaning, null, null)
            : new ExplainedSymbol(symbol.Letter, symbol.Meaning, named(symbol.Property),
                Written(attribute.GetType().GetProperty(symbol.Property)!.GetValue(attribute))))
        .ToList();

    private static readonly Regex Definition = new(@", (?=\S+ = )");

    private static string Weighted(string notation, string factor, bool follows)
    {
        string inner = notation.StartsWith("−", StringComparison.Ordinal) && (follows || factor != "1") ? $"({notation})"
            : notation;
        return factor == "1" ? inner : $"{factor}·{inner}";
    }

    // Several such weights are numbered.
    private static string Varying(TrainerProgram trainer, Scalar weight)
    {
        var all = trainer.Terms.Select(term => term.Weight)
            .Where(other => other is not null && trainer.Hyperparameters.All(parameter => parameter.Name != other.Code)).ToList();
        return all.Count == 1 ? "w(t)" : $"w_{(all.IndexOf(weight) + 1).ToString(CultureInfo.InvariantCulture)}(t)";
    }

    private static string Meaning(TrainerProgram trainer, Term term)
    {
        var function = trainer.StepFunctions.FirstOrDefault(
            function => term.Weight!.Code.StartsWith(function.Name + "(", StringComparison.Ordinal));
        return function is null ? $"weight of {term.Name} at step t"
            : char.ToLowerInvariant(function.Summary[0]) + function.Summary.Substring(1).TrimEnd('.');
    }

    private static string? Written(object? value) => value switch
    {
        double number => Scalar.Literal(number),
        int number => number.ToString(CultureInfo.InvariantCulture),
        double[] numbers => $"[{string.Join(", ", numbers.Select(Scalar.Literal))}]",
        _ => null,
    };
}
