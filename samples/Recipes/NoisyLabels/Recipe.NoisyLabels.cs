using System.Globalization;
using Recipes.NoisyLabels;
using static TorchSharp.torch;

namespace Recipes;

// Wrong labels beside a few right ones.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfNoisyLabels =>
    [
        new("digits-noisy-labels", "The same labels beside 50 right ones, by which samples are weighed; robust losses.",
            NoisyLabels),
    ];

    private static bool NoisyLabels(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => NoisyLabelRecipe.Measure(seed, device));
        foreach (string row in measured.Rows.Skip(NoisyLabelRecipe.References.Count))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}, without a reference: {measured.Mean(row):0.0} ± {measured.Deviation(row):0.0} %"));
        }

        return Show(
            "Digits, 40 % label noise, 50 right labels: test accuracy", measured, NoisyLabelRecipe.References, 0, seeds);
    }
}
