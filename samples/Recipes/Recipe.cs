using System.Globalization;
using Dsl.Runtime;
using static TorchSharp.torch;

namespace Recipes;

/// <summary>A published result that can be run again.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Description">What it shows.</param>
/// <param name="Run">Runs it with a number of seeds, shows the table, and returns whether every result reached its
/// reference.</param>
public sealed partial record Recipe(string Name, string Description, Func<int, Device, bool> Run)
{
    /// <summary>Every recipe; each folder has its own.</summary>
    public static IReadOnlyList<Recipe> All { get; } =
    [
        .. OfScenes, .. OfCora, .. OfGraphs, .. OfHandwriting, .. OfLongTails,
        .. OfNoisyLabels, .. OfMissingClass, .. OfMixtures, .. OfSemiSupervised, .. OfRepresentations,
        .. OfLatents, .. OfPixels, .. OfGeneration, .. OfAdversaries, .. OfRobustness,
        .. OfTransfer, .. OfContinual, .. OfUncertainty, .. OfSinusoids, .. OfReinforcement,
        .. OfShakespeare, .. OfWords,
    ];

    /// <summary>A column of what was measured beside its references, row by row.</summary>
    private static bool Show(
        string title, Measurements measured, IReadOnlyList<(double Mean, double Deviation)[]> references, int column,
        int seeds, bool lessIsBetter = false, string unit = " %")
    {
        var table = new RecipeTable($"{title}, {seeds} seeds", unit, "Dsl", "PyTorch", lessIsBetter);
        foreach (var (row, reference) in measured.Rows.Zip(references))
        {
            string what = string.Create(CultureInfo.InvariantCulture, $"{row} (± {measured.Deviation(row, column):0.0})");
            table.Add(what, measured.Mean(row, column), reference[column].Mean, reference[column].Deviation);
        }

        table.Write();
        return table.AllReached;
    }
}
