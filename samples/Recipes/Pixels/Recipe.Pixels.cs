using System.Globalization;
using Dsl.Runtime;
using Recipes.Pixels;
using static TorchSharp.torch;

namespace Recipes;

// Pixels, one after another.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfPixels =>
    [
        new("digits-pixelcnn", "A model of the pixels of handwritten digits, one after another: bits a dimension.",
            (seeds, device) => Pixelwise(seeds, seed => PixelRecipe.Measure(seed, device), PixelRecipe.Reference)),
        new("digits-pixelrnn", "The same with rows that are told one after another.",
            (seeds, device) => Pixelwise(seeds, seed => PixelRecipe.MeasureRows(seed, device), PixelRecipe.RowReference)),
    ];

    private static bool Pixelwise(
        int seeds, Func<int, IEnumerable<(string Row, double[] Values)>> measure, (double Mean, double Deviation) reference)
    {
        const int dimensions = 64;
        var measured = Measurements.Of(seeds, measure);
        var (mean, deviation) = reference;
        var table = new RecipeTable(
            string.Create(CultureInfo.InvariantCulture, $"Digits: −log p of test images, {seeds} seeds"), " bits", "Dsl",
            "PyTorch", lessIsBetter: true);
        foreach (string row in measured.Rows)
        {
            string what = string.Create(CultureInfo.InvariantCulture,
                $"{row}: {measured.Mean(row):0.000} ± {measured.Deviation(row):0.000} bits a dimension, "
                + $"{measured.Mean(row, 1):0.000} of training images");
            table.Add(what, dimensions * measured.Mean(row), dimensions * mean, dimensions * deviation);
        }

        table.Write();
        return table.AllReached;
    }
}
