using System.Globalization;
using Dsl.Runtime;
using Recipes.Adversaries;
using static TorchSharp.torch;

namespace Recipes;

// Generators against judges.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfAdversaries =>
    [
        new("digits-gan", "Handwritten digits made of noise by generators against judges, scored by a classifier.",
            Adversaries),
        new("digits-cycle-gan", "Digits are mapped to inverted and to turned ones without pairs, beside the known truth.",
            Cycles),
    ];

    private static bool Adversaries(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new AdversarialRecipe(seed, device).Measure());
        var table = new RecipeTable(
            $"Digits, generators: Fréchet distance to test images, {seeds} seeds", "", "Dsl", "goal", lessIsBetter: true);
        foreach (string row in measured.Rows)
        {
            string what = string.Create(CultureInfo.InvariantCulture,
                $"{row} (± {measured.Deviation(row, 2):0.0}): confidence {measured.Mean(row, 0):0.0} ± "
                + $"{measured.Deviation(row, 0):0.0} %, score {measured.Mean(row, 1):0.00} ± {measured.Deviation(row, 1):0.00}, "
                + $"precision {measured.Mean(row, 3):0.0} %, recall {measured.Mean(row, 4):0.0} %, "
                + $"digits {measured.Mean(row, 5):0.0}");
            if (measured.Mean(row, 6) > 0)
                what += string.Create(CultureInfo.InvariantCulture, $", as labelled {measured.Mean(row, 6):0.0} %");
            table.Add(what, measured.Mean(row, 2), AdversarialRecipe.Goals.TryGetValue(row, out double goal) ? goal : null);
        }

        table.Write();
        return table.AllReached;
    }

    private static bool Cycles(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new CycleRecipe(seed, device).Measure());
        var table = new RecipeTable(
            $"Digits mapped without pairs: error beside the truth, {seeds} seeds", " %", "Dsl", "goal", lessIsBetter: true);
        foreach (string row in measured.Rows)
        {
            string what = string.Create(CultureInfo.InvariantCulture,
                $"{row} (± {measured.Deviation(row, 0):0.0}): unchanged {measured.Mean(row, 1):0.0} %, there and back "
                + $"{measured.Mean(row, 2):0.0} ± {measured.Deviation(row, 2):0.0} %, recognised {measured.Mean(row, 3):0.0} ± "
                + $"{measured.Deviation(row, 3):0.0} %");
            table.Add(what, measured.Mean(row, 0), CycleRecipe.Goals.TryGetValue(row, out double goal) ? goal : null);
        }

        table.Write();
        return table.AllReached;
    }
}
