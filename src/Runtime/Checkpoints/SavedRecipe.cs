using System.Globalization;

namespace Dsl.Runtime;

/// <summary>
/// The numbers of a recipe in a checkpoint's metadata, each under its name, and how they differ from a trainer's.
/// </summary>
internal static class SavedRecipe
{
    private const string Prefix = "dsl.recipe.";

    public static void AddTo(Dictionary<string, string> metadata, IReadOnlyDictionary<string, double> recipe)
    {
        foreach (var (name, value) in recipe)
        {
            metadata.Add(Prefix + name, Text(value));
        }
    }

    /// <summary>
    /// What the trainer has otherwise, in words; nothing where the file holds no numbers, as older ones do not.
    /// </summary>
    /// <exception cref="InvalidDataException">The file's numbers are none.</exception>
    public static IReadOnlyList<string> Differences(
        string path, IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, double> recipe)
    {
        var saved = metadata.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[Prefix.Length..], pair => Number(path, pair.Key, pair.Value), StringComparer.Ordinal);
        if (saved.Count == 0)
        {
            return [];
        }

        return
        [
            .. recipe.Where(pair => saved.TryGetValue(pair.Key, out var value) && value != pair.Value)
                .Select(pair => $"{pair.Key} was {Text(saved[pair.Key])} and is {Text(pair.Value)}"),
            .. recipe.Where(pair => !saved.ContainsKey(pair.Key))
                .Select(pair => $"{pair.Key} is {Text(pair.Value)} and was not there"),
            .. saved.Where(pair => !recipe.ContainsKey(pair.Key))
                .Select(pair => $"{pair.Key} was {Text(pair.Value)} and is not there"),
        ];
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Number(string path, string key, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidDataException($"{path} is damaged: '{text}' is no number, but '{key}' in its metadata.");
}
