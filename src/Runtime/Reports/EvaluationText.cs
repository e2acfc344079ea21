using System.Globalization;

namespace Dsl.Runtime;

/// <summary>Evaluations as text.</summary>
internal static class EvaluationText
{
    /// <summary>Every number by its name, as <c>loss 0.0872, accuracy 0.9533 (150 predictions)</c>.</summary>
    public static string Of(IEvaluation evaluation) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Of(evaluation.Metrics)} ({evaluation.Count} prediction{(evaluation.Count == 1 ? "" : "s")})");

    /// <summary>Numbers by their names.</summary>
    public static string Of(IEnumerable<(string Name, double Value)> numbers) => string.Join(", ", numbers.Select(number =>
        $"{Words(number.Name)} {Number(number.Value)}"));

    /// <summary>Three or four digits that say something, whatever the size: 0.0872, 0.000137, 15.3, 1.2e-06.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e6 or < 1e-4 => value.ToString("0.###e+00", CultureInfo.InvariantCulture),
        >= 1000 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
        < 0.1 => value.ToString("G3", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    /// <summary>A member's name in words: mean absolute error. What is no such name, as nDCG@10, stays as it is.</summary>
    public static string Words(string name) =>
        !name.All(char.IsLetterOrDigit) ? name : string.Concat(name.Select((character, index) =>
        char.IsUpper(character) ? $"{(index == 0 ? "" : " ")}{char.ToLowerInvariant(character)}" : character.ToString()));
}
