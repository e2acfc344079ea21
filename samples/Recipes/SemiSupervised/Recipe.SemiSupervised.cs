using System.Globalization;
using Dsl.Runtime;
using Recipes.SemiSupervised;
using static TorchSharp.torch;

namespace Recipes;

// Few labels, and many images without one.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfSemiSupervised =>
    [
        new("digits-50-labels", "Semi-supervised schemes on handwritten digits, 50 of which have a label.",
            (seeds, device) => SemiSupervised(50, SemiSupervisedReferences.Fifty, seeds, device)),
        new("digits-20-labels", "The same with 20 labels.",
            (seeds, device) => SemiSupervised(20, SemiSupervisedReferences.Twenty, seeds, device)),
        new("mnist-100-labels", "FixMatch on MNIST's test images, 100 of 8,000 with a label: at least halves the error.", Mnist),
    ];

    private static bool SemiSupervised(
        int labels, IReadOnlyList<(double Mean, double Deviation)[]> references, int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new SemiSupervisedRecipe(labels, seed, device).Measure());
        return Show($"Digits, {labels} labels: test accuracy", measured, references, 0, seeds);
    }

    private static bool Mnist(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed =>
        {
            var (alone, matched) = MnistRecipe.Errors(seed, device);
            return [("labels alone", new[] { alone }), ("FixMatch", [matched])];
        });
        double half = measured.Mean("labels alone", 0) / 2;
        var table = new RecipeTable(
            $"MNIST, 100 labels: test error, {seeds} seeds", " %", "Dsl", "half of labels alone", lessIsBetter: true);
        foreach (string row in new[] { "labels alone", "FixMatch" })
        {
            string what = string.Create(CultureInfo.InvariantCulture, $"{row} (± {measured.Deviation(row, 0):0.0})");
            table.Add(what, measured.Mean(row, 0), row == "FixMatch" ? half : 2 * half, 0);
        }

        table.Write();
        return table.AllReached;
    }
}
