using System.Globalization;
using Recipes.Generation;
using static TorchSharp.torch;

namespace Recipes;

// Images made of noise.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfGeneration =>
    [
        new("digits-diffusion", "Handwritten digits made of noise by diffusion and by a flow, judged by a classifier.",
            Generation),
        new("mnist-generation", "MNIST's digits made of noise by generators and by diffusion, judged by a classifier.",
            MnistGenerated),
        new("digits-growing", "A generator of handwritten digits that grows, beside one of full size from the start.", Growth),
    ];

    // Measured, and compared with itself alone: a generator against a critic makes all ten digits.
    private static bool MnistGenerated(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new MnistGeneration(seed, device).Measure());
        foreach (string row in measured.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}: distance {measured.Mean(row, 2):0.0} ± {measured.Deviation(row, 2):0.0}, confidence "
                + $"{measured.Mean(row, 0):0.0} ± {measured.Deviation(row, 0):0.0} %, score {measured.Mean(row, 1):0.00}, "
                + $"precision {measured.Mean(row, 3):0.0} %, recall {measured.Mean(row, 4):0.0} %, "
                + $"{measured.Mean(row, 5):0.0} digits"));
        }

        return measured.Mean(MnistGeneration.Wasserstein, 5) >= 9;
    }

    // Measured, and compared with itself alone: nobody has published what growth brings at 8 x 8 pixels.
    private static bool Growth(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => GrowthRecipe.Measure(seed, device));
        foreach (string row in measured.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}: distance {measured.Mean(row, 2):0.0} ± {measured.Deviation(row, 2):0.0}, confidence "
                + $"{measured.Mean(row, 0):0.0} ± {measured.Deviation(row, 0):0.0} %, score {measured.Mean(row, 1):0.00}, "
                + $"precision {measured.Mean(row, 3):0.0} %, recall {measured.Mean(row, 4):0.0} %, "
                + $"{measured.Mean(row, 5):0.0} digits"));
        }

        return measured.Rows.All(row => measured.Mean(row, 5) >= 9);
    }

    private static bool Generation(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new GenerationRecipe(seed, device).Measure());
        foreach (string row in measured.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}: noise {measured.Mean(row, 0) / 1000:0.000}, confidence {measured.Mean(row, 1):0.0} ± "
                + $"{measured.Deviation(row, 1):0.0} %, score {measured.Mean(row, 2):0.00} ± {measured.Deviation(row, 2):0.00}, "
                + $"distance {measured.Mean(row, 3):0.0} ± {measured.Deviation(row, 3):0.0}, "
                + $"precision {measured.Mean(row, 4):0.0} %, recall {measured.Mean(row, 5):0.0} %"));
        }

        var references = GenerationRecipe.References;
        return Show("Digits, error of the noise in thousandths", measured, references, 0, seeds, lessIsBetter: true, unit: "")
            & Show("Digits made of noise: confidence of a classifier", measured, references, 1, seeds)
            & Show("Digits made of noise: its score", measured, references, 2, seeds, unit: "");
    }
}
