using Recipes.Mixtures;
using static TorchSharp.torch;

namespace Recipes;

// Mixtures of samples.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfMixtures =>
    [
        new("digits-mixing", "Mixtures of samples on 200 handwritten digits: clean images, corrupted ones, calibration.",
            Mixtures),
    ];

    private static bool Mixtures(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => MixturesRecipe.Measure(seed, device));
        return Show("Digits, 200 labels: test accuracy", measured, MixturesRecipe.References, 0, seeds)
            & Show("Digits, 200 labels: accuracy on corrupted images", measured, MixturesRecipe.References, 1, seeds)
            & Show("Digits, 200 labels: calibration error", measured, MixturesRecipe.References, 2, seeds, lessIsBetter: true);
    }
}
