using System.Globalization;
using Dsl.Runtime;
using Recipes.Sinusoids;
using static TorchSharp.torch;

namespace Recipes;

// Sine waves from a few samples.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfSinusoids =>
    [
        new("sinusoid-maml", "Sine waves from ten samples by MAML (Finn et al. 2017): errors after 0, 1, 5 and 10 steps.", Waves),
    ];

    private static bool Waves(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed =>
            SinusoidRecipe.Measure(seed, device, picture: seed == 0 ? "sinusoid-maml.svg" : null));
        var table = new RecipeTable(
            $"Sine waves: mean squared error in hundredths, {seeds} seeds", "", "Dsl", "PyTorch", lessIsBetter: true);
        for (int i = 0; i < measured.Rows.Count; i++)
        {
            for (int column = 0; column < SinusoidRecipe.InnerSteps.Count; column++)
            {
                string row = measured.Rows[i], what = string.Create(CultureInfo.InvariantCulture,
                    $"{row}, {SinusoidRecipe.InnerSteps[column]} steps (± {measured.Deviation(row, column):0.0})");
                double? reference = i < SinusoidRecipe.References.Count ? SinusoidRecipe.References[i][column] : null;
                table.Add(what, measured.Mean(row, column), reference, 0.1 * reference ?? 0);
            }
        }

        table.Write();
        return table.AllReached;
    }
}
