using System.Globalization;
using Dsl.Runtime;
using Recipes.Uncertainty;
using static TorchSharp.torch;

namespace Recipes;

// What networks know of their errors.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfUncertainty =>
    [
        new("digits-uncertainty",
            "What networks trained on 300 handwritten digits know of their errors: scaling, ensembles, dropout that stays on.",
            Doubt),
    ];

    private static bool Doubt(int seeds, Device device)
    {
        var curves = new List<(string Name, IReadOnlyList<(double X, double Y)> Points)>();
        var measured = Measurements.Of(seeds, seed => UncertaintyRecipe.Measure(seed, device, curves: (row, curve) =>
        {
            if (seed == 0 && row is "one network" or "ensemble" or "dropout, 50 passes" or "snapshots")
                curves.Add((row, [.. curve.Points.Where(point => point.Coverage > 0.3)]));
        }));
        foreach (string row in measured.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}: loss {measured.Mean(row, 0) / 100:0.000} ± {measured.Deviation(row, 0) / 100:0.000}, accuracy "
                + $"{measured.Mean(row, 1):0.0} ± {measured.Deviation(row, 1):0.0} %, calibration error "
                + $"{measured.Mean(row, 2):0.0} ± {measured.Deviation(row, 2):0.0} %, "
                + $"surest 80 % {measured.Mean(row, 3):0.0} %, "
                + $"AUROC of errors {measured.Mean(row, 4):0.0} %, of strange images {measured.Mean(row, 5):0.0} %"));
        }

        var (oneByOne, twoAtATime) = UncertaintyRecipe.Times(device);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"five members one after the other {oneByOne:0.0} s, two at a time {twoAtATime:0.0} s"));
        new LineChart("Rejection, seed 0", "coverage", curves).WriteSvg("digits-uncertainty.svg");
        var table = new RecipeTable(
            $"Digits, 300 labels: cross-entropy in hundredths, {seeds} seeds", "", "Dsl", "PyTorch", lessIsBetter: true);
        foreach (var (row, reference) in measured.Rows.Zip(UncertaintyRecipe.Losses))
            table.Add(row, measured.Mean(row, 0), reference, Math.Max(measured.Deviation(row, 0), 1));
        table.Write();
        return table.AllReached;
    }
}
