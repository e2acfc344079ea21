using System.Globalization;
using Dsl.Runtime;
using Recipes.Latents;
using static TorchSharp.torch;

namespace Recipes;

// Latent numbers.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfLatents =>
    [
        new("digits-vae", "Variational autoencoders of handwritten digits: the evidence lower bound with three weights β.",
            Variational),
        new("mnist-vae", "The variational autoencoder of PyTorch's examples on MNIST's digits.", MnistVariationally),
        new("digits-vqvae", "A vector-quantised autoencoder of handwritten digits: error and use of the codes.", Quantised),
    ];

    private static bool Quantised(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => CodesRecipe.Measure(seed, device));
        foreach (string row in measured.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}: error {measured.Mean(row, 0):0.00} ± {measured.Deviation(row, 0):0.00} thousandths, perplexity "
                + $"{measured.Mean(row, 1):0.0} ± {measured.Deviation(row, 1):0.0}, {measured.Mean(row, 2):0.0} codes used"));
        }

        var references = CodesRecipe.References;
        return Show("Digits by codes: squared error of test images in thousandths", measured, references, 0, seeds,
                lessIsBetter: true, unit: "")
            & Show("Digits by codes: perplexity of the codes", measured, references, 1, seeds, unit: "");
    }

    private static bool MnistVariationally(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => MnistVariational.Measure(seed, device));
        string[] columns = ["−ELBO", "reconstruction", "divergence", "importance-weighted"];
        return columns.Select((name, column) => Show(
            $"MNIST, {name} of test images", measured, MnistVariational.References, column, seeds,
            lessIsBetter: column != 2, unit: " nats")).Aggregate((all, one) => all & one);
    }

    private static bool Variational(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => VariationalRecipe.Measure(seed, device));
        string title = string.Create(CultureInfo.InvariantCulture, $"Digits: −ELBO of test images, {seeds} seeds");
        var table = new RecipeTable(title, " nats", "Dsl", "PyTorch", lessIsBetter: true);
        foreach (var (row, reference) in measured.Rows.Zip(VariationalRecipe.References))
        {
            string what = string.Create(CultureInfo.InvariantCulture,
                $"{row} (± {measured.Deviation(row, 0):0.0}): reconstruction {measured.Mean(row, 1):0.0}, divergence "
                + $"{measured.Mean(row, 2):0.0}, importance-weighted {measured.Mean(row, 3):0.0}");
            table.Add(what, measured.Mean(row, 0), reference[0].Mean, reference[0].Deviation);
        }

        table.Write();
        return table.AllReached;
    }
}
