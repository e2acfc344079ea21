using System.Globalization;
using Recipes.Continual;
using static TorchSharp.torch;

namespace Recipes;

// Tasks one after another.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfContinual =>
    [
        new("digits-continual", "Handwritten digits as tasks one after another: EWC, learning without forgetting, rehearsal.",
            Continual),
    ];

    private static bool Continual(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new ContinualRecipe(seed, device).Measure());
        string[] columns = ["permuted", "its first task", "pairs by parity", "pairs by class", "told the pair",
            "forgotten of permuted", "of pairs by class"];
        foreach (string row in measured.Rows)
        {
            var numbers = columns.Select((name, column) => string.Create(CultureInfo.InvariantCulture,
                $"{name} {measured.Mean(row, column):0.0} ± {measured.Deviation(row, column):0.0}"));
            Console.WriteLine($"{row}: {string.Join(", ", numbers)} %");
        }

        var references = ContinualRecipe.References;
        return Show("Permuted digits, three tasks: mean accuracy", measured, references, 0, seeds)
            & Show("Permuted digits, the first of three tasks at the end", measured, references, 1, seeds);
    }
}
