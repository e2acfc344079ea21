using System.Globalization;
using Recipes.Robustness;
using static TorchSharp.torch;

namespace Recipes;

// Images under attack.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfRobustness =>
    [
        new("digits-adversarial", "Handwritten digits under attack: adversarial training, TRADES, and defences that fail.",
            Robustness),
        new("mnist-adversarial", "MNIST's digits under attack at 0.3, and training on them in a ball that grows.",
            MnistRobustly),
    ];

    private static bool MnistRobustly(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => MnistRobustness.Measure(seed, device));
        string[] columns = ["as they are", "FGSM at 0.3", "PGD at 0.1", "PGD at 0.3"];
        return columns.Select((name, column) => Show(
            $"MNIST, {name}: accuracy", measured, MnistRobustness.References, column, seeds)).Aggregate((all, one) => all & one);
    }

    private static bool Robustness(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new RobustnessRecipe(seed, device).Measure());
        string[] columns = ["clean", "FGSM", "PGD", "PGD at 0.2", "transfer", "queries"];
        foreach (string row in measured.Rows)
        {
            var numbers = columns.Select((name, column) => string.Create(
                CultureInfo.InvariantCulture, $"{name} {measured.Mean(row, column):0.0}"));
            Console.WriteLine($"{row}: {string.Join(", ", numbers)} %");
        }

        var references = RobustnessRecipe.References;
        return Show("Digits, as they are: test accuracy", measured, references, 0, seeds)
            & Show("Digits, FGSM at 0.1: robust accuracy", measured, references, 1, seeds)
            & Show("Digits, PGD at 0.1: robust accuracy", measured, references, 2, seeds)
            & Show("Digits, PGD at 0.2: robust accuracy", measured, references, 3, seeds);
    }
}
