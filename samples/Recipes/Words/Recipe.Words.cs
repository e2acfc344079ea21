using Recipes.Words;
using static TorchSharp.torch;

namespace Recipes;

// Vectors of words.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfWords =>
    [
        new("shakespeare-words", "Shakespeare's words by counts, skip-gram, fastText and GloVe, on unseen speeches.", Words),
    ];

    private static bool Words(int seeds, Device device)
    {
        using var recipe = WordRecipe.Load();
        var measured = Measurements.Of(seeds, seed => recipe.Measure(seed, device, show: seed > 0 ? null : (name, vectors) =>
        {
            foreach (string word in new[] { "king", "love", "sword", "she" })
                Console.WriteLine($"{name}, {word}: {string.Join(", ", vectors.Nearest(word, 6).Select(near => near.Word))}");
        }));
        return Show("Shakespeare's words: correlation with unseen speeches", measured,
            [.. WordRecipe.References.Select(reference => new[] { reference })], 0, seeds);
    }
}
