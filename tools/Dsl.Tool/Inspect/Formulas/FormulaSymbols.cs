using Dsl.Generator.Graph;
using Dsl.Generator.Notation;
using Dsl.Generator.Programs;

namespace Dsl.Inspect.Formulas;

/// <summary>The letters and functions of a formula, and what they stand for.</summary>
internal static class FormulaSymbols
{
    /// <summary>What every letter of a trainer's formula stands for, in the order in which a reader meets it; each meaning
    /// once.</summary>
    public static IReadOnlyList<ExplainedSymbol> Of(TrainerProgram trainer)
    {
        var found = TotalFormula.Weights(trainer).ToList();
        foreach (var term in trainer.Terms) found.AddRange(Of(term.Notation, term.Symbols));
        if (trainer.Terms.Any(term => term.IsMixed)) found.Add(new ExplainedSymbol("λ", Mixed, null, null));
        return found.DistinctBy(symbol => (symbol.Letter, symbol.Meaning, symbol.Setting)).ToList();
    }

    private const string Mixed =
        "share of the own label where samples are mixed: such a term is λ times itself, plus 1 − λ times that of the "
        + "partner's label";

    /// <summary>What the letters of one notation stand for; those that nobody explains are left out.</summary>
    public static IReadOnlyList<ExplainedSymbol> Of(string notation, IReadOnlyList<ExplainedSymbol> own) =>
        Used(notation).Select(letter => own.FirstOrDefault(symbol => Is(symbol, letter))
            ?? (Glossary.Entries.TryGetValue(letter, out string? meaning) ? new ExplainedSymbol(letter, meaning, null, null)
                : null))
            .OfType<ExplainedSymbol>().ToList();

    /// <summary>Letters that neither the technique nor the glossary nor the notation itself explains.</summary>
    public static IReadOnlyList<string> Unexplained(string notation, IReadOnlyList<ExplainedSymbol> own)
    {
        var defined = Defined(FormulaReader.Read(notation));
        return Used(notation)
            .Where(letter => char.IsLetter(letter[0]) && !IsPlainFunction(letter) && !defined.Contains(letter)
                && !own.Any(symbol => Is(symbol, letter)) && !Glossary.Entries.ContainsKey(letter))
            .ToList();
    }

    // A reader of formulas makes a prime of an apostrophe.
    private static bool Is(ExplainedSymbol symbol, string letter) => symbol.Letter.Replace('\'', '′') == letter;

    private static bool IsPlainFunction(string name) => name is "log" or "exp" or "max" or "min" or "cos" or "clamp";

    private static List<string> Used(string notation)
    {
        var letters = new List<string>();
        Visit(FormulaReader.Read(notation));
        return letters.Distinct().ToList();

        void Visit(FormulaPart? part)
        {
            if (part?.Spelling is { } spelling)
            {
                letters.Add(spelling);
                if (part is FormulaPart.Script named) Visit(named.Upper);
                return;
            }

            switch (part)
            {
                case FormulaPart.Function function: letters.Add(function.Name); break;
                case FormulaPart.Sign { Character: 'Σ' }: letters.Add("Σ"); break;
                case FormulaPart.Row row: foreach (var inner in row.Parts) Visit(inner); break;
                case FormulaPart.Group group: Visit(group.Inner); break;
                case FormulaPart.Script script: Visit(script.Base); Visit(script.Lower); Visit(script.Upper); break;
            }
        }
    }

    /// <summary>Letters that the notation defines itself, as p in <c>..., p = softmax(z)</c>.</summary>
    private static HashSet<string> Defined(FormulaPart part) => part is not FormulaPart.Row row ? [] :
        row.Parts.Zip(row.Parts.Skip(1)).Where(pair => pair.Second is FormulaPart.Sign { Character: '=' })
            .Select(pair => pair.First.Spelling).OfType<string>().ToHashSet();
}
