using System.Globalization;
using Dsl.Runtime;
using Recipes.Transfer;
using static TorchSharp.torch;

namespace Recipes;

// A network that goes on to other classes.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfTransfer =>
    [
        new("digits-adapters", "A network of the digits 0 to 4 goes on to others by low-rank changes and adapters.",
            Adapters),
    ];

    private static bool Adapters(int seeds, Device device)
    {
        const double slack = 0.5;
        var measured = Measurements.Of(seeds, seed => new TransferRecipe(seed, device).Measure());
        bool reached = true;
        string[] columns = ["digits 5 to 9", "all digits, turned"];
        for (int column = 0; column < columns.Length; column++)
        {
            var table = new RecipeTable(
                $"Taken over from the digits 0 to 4: {columns[column]}, {seeds} seeds", " %", "Dsl", "everything − 0.5");
            foreach (string row in measured.Rows)
            {
                string what = string.Create(CultureInfo.InvariantCulture,
                    $"{row}, {measured.Mean(row, 2):0.0} % of the numbers (± {measured.Deviation(row, column):0.0})");
                double? reference = row == "low-rank changes" ? measured.Mean("everything", column) - slack : null;
                table.Add(what, measured.Mean(row, column), reference);
            }

            table.Write();
            reached &= table.AllReached;
        }

        return reached;
    }
}
