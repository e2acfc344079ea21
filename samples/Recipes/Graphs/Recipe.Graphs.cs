using System.Globalization;
using Dsl.Runtime;
using Recipes.Graphs;
using static TorchSharp.torch;

namespace Recipes;

// Whole graphs.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfGraphs =>
    [
        new("graph-classes", "Cycles against trees by sums and by means of neighbours (Xu et al. 2019, section 5).",
            GraphClasses),
        new("graph-positions", "Hexagons against pairs of triangles by messages and by eigenvectors (Dwivedi and Bresson 2021).",
            GraphPositions),
    ];

    // Chance, and what a mistaken rounding of equal numbers could add to it.
    private const double MostOfMessages = 60;

    private static bool GraphPositions(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new PositionRecipe(seed, device).Measure());
        var table = new RecipeTable($"Hexagons against pairs of triangles, {seeds} seeds", " %", "Dsl", "at least");
        foreach (string row in measured.Rows)
        {
            string what = string.Create(CultureInfo.InvariantCulture, $"{row} (± {measured.Deviation(row):0.0})");
            table.Add(what, measured.Mean(row), row == "message passing" ? null : 99);
        }

        table.Write();
        return table.AllReached && measured.Mean("message passing") <= MostOfMessages;
    }

    private static bool GraphClasses(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new GraphRecipe(seed, device).Measure());
        bool reached = true;
        string[] columns = ["cycles against trees", "trees with a further edge against trees"];
        for (int column = 0; column < columns.Length; column++)
        {
            var table = new RecipeTable(
                $"Graphs whose nodes are alike, {columns[column]}, {seeds} seeds", " %", "Dsl", "at least");
            foreach (string row in measured.Rows)
            {
                string what = string.Create(CultureInfo.InvariantCulture, $"{row} (± {measured.Deviation(row, column):0.0})");
                table.Add(what, measured.Mean(row, column), row == "sums" ? 99 : null);
            }

            table.Write();
            reached &= table.AllReached;

            // Corollary 8 of the paper: nothing that is learned tells these graphs apart.
            bool isBound = measured.Mean("means", column) == 50 && measured.Deviation("means", column) == 0;
            if (!isBound) Console.WriteLine($"Means tell {columns[column]}, which they cannot.");
            reached &= isBound;
        }

        return reached;
    }
}
