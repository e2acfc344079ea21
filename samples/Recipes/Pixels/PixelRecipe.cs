using Digits;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Pixels;

/// <summary>A model of the pixels of handwritten digits (van den Oord et al. 2016, arXiv 1601.06759).</summary>
public static class PixelRecipe
{
    /// <summary>PyTorch 1.13 with the same recipe on other random splits, 5 seeds: bits a dimension of the test data.</summary>
    public static (double Mean, double Deviation) Reference => (1.904, 0.008);

    /// <summary>PyTorch 1.13 with the recipe of rows on other random splits, 3 seeds:
    /// <c>python3 bench/pytorch/generators.py samples/Digits/Data rows 3</c>.</summary>
    public static (double Mean, double Deviation) RowReference => (1.940, 0.053);

    /// <summary>Bits a dimension of the test data and of the training data, by rows that are told one after another (PixelRNN,
    /// section 3.1 of the paper).</summary>
    /// <param name="seed">Decides split, initial parameters and order.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="epochs">Passes over the data.</param>
    public static IEnumerable<(string Row, double[] Values)> MeasureRows(int seed, Device device, int epochs = 60)
    {
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (test)
        {
            using var initialization = new Generator((ulong)seed);
            using var trainer = new RowTrainer(new RowNetwork(initialization), device) { Seed = seed, Epochs = epochs };
            trainer.Fit(train);
            yield return ("PixelRNN, 17 levels",
                [trainer.EvaluateLikelihood(test).BitsPerDimension, trainer.EvaluateLikelihood(train).BitsPerDimension]);
        }
    }

    /// <summary>Bits a dimension of the test data and of the training data.</summary>
    /// <param name="seed">Decides split, initial parameters and order.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="epochs">Passes over the data.</param>
    public static IEnumerable<(string Row, double[] Values)> Measure(int seed, Device device, int epochs = 60)
    {
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (test)
        {
            using var initialization = new Generator((ulong)seed);
            using var trainer = new PixelTrainer(new PixelNetwork(initialization), device) { Seed = seed, Epochs = epochs };
            trainer.Fit(train);
            yield return ("PixelCNN, 17 levels",
                [trainer.EvaluateLikelihood(test).BitsPerDimension, trainer.EvaluateLikelihood(train).BitsPerDimension]);
        }
    }
}
