using System.Globalization;
using Recipes.LongTails;
using static TorchSharp.torch;

namespace Recipes;

// Classes of very different sizes.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfLongTails =>
    [
        new("digits-long-tail", "Handwritten digits of which some have a hundred images and others two.", LongTail),
    ];

    private static bool LongTail(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => LongTailRecipe.Measure(seed, device));
        foreach (string row in measured.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}: all {measured.Mean(row, 0):0.0} ± {measured.Deviation(row, 0):0.0} %, many "
                + $"{measured.Mean(row, 1):0.0} %, medium {measured.Mean(row, 2):0.0} %, few {measured.Mean(row, 3):0.0} ± "
                + $"{measured.Deviation(row, 3):0.0} %"));
        }

        (double, double)[][] few = [.. LongTailRecipe.References.Select(row => new[] { row[0], row[0], row[0], row[1] })];
        return Show("Digits, a long tail: mean accuracy of classes", measured, LongTailRecipe.References, 0, seeds)
            & Show("Digits, a long tail: of the four rarest classes", measured, few, 3, seeds);
    }
}
