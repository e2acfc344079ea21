using System.Globalization;
using Recipes.Representations;
using static TorchSharp.torch;

namespace Recipes;

// What features are worth.
public sealed partial record Recipe
{
    private static IReadOnlyList<Recipe> OfRepresentations =>
    [
        new("digits-representation", "Features of handwritten digits learned with and without labels, by probes.",
            Representation),
        new("mnist-representation", "The same of MNIST's test images: random weights, labels, SimCLR, triplets.", MnistFeatures),
        new("digits-novelty", "Digits of classes that no training saw, told by the density of features.", Novelty),
    ];

    private static bool Representation(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new RepresentationRecipe(seed, device).Measure());
        foreach (string row in measured.Rows.Skip(RepresentationRecipe.References.Count))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}, without a reference: linear {measured.Mean(row, 0):0.0} %, of 50 labels {measured.Mean(row, 1):0.0} %, "
                + $"five neighbours {measured.Mean(row, 2):0.0} %"));
        }

        return Show("Digits, a linear classifier on features", measured, RepresentationRecipe.References, 0, seeds)
            & Show("Digits, one of 50 labels", measured, RepresentationRecipe.References, 1, seeds)
            & Show("Digits, five neighbours", measured, RepresentationRecipe.References, 2, seeds);
    }

    private static bool MnistFeatures(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new MnistRepresentation(seed, device).Measure());
        return Show("MNIST, a linear classifier on features", measured, MnistRepresentation.References, 0, seeds)
            & Show("MNIST, one of 100 labels", measured, MnistRepresentation.References, 1, seeds)
            & Show("MNIST, five neighbours", measured, MnistRepresentation.References, 2, seeds);
    }

    private static bool Novelty(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new NoveltyRecipe(seed, device).Measure());
        foreach (string row in measured.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}: AUROC {measured.Mean(row, 0):0.0} ± {measured.Deviation(row, 0):0.0} %, one covariance "
                + $"{measured.Mean(row, 1):0.0} ± {measured.Deviation(row, 1):0.0} %"));
        }

        const string classifier = "all labels";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{classifier}, largest probability: AUROC "
            + $"{measured.Mean(classifier, 2):0.0} ± {measured.Deviation(classifier, 2):0.0} %"));
        return true;
    }
}
