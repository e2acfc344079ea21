using Digits;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Latents;

/// <summary>A vector-quantised autoencoder of handwritten digits: sixteen places of 64 codes each (van den Oord et al. 2017,
/// arXiv 1711.00937).</summary>
public static class CodesRecipe
{
    /// <summary>PyTorch 1.13 with the same recipe on other random splits, 22 seeds, of the test data: the mean squared error in
    /// thousandths, the perplexity of the codes
    /// (<c>python3 bench/pytorch/generators.py samples/Digits/Data codes 22</c>).</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> References { get; } = [[(4.40, 0.26), (58.0, 3.0)]];

    /// <summary>Of the test data: the mean squared error of a pixel in [0, 1], in thousandths; how many codes are used, as if
    /// each were used alike, and how many are used at all.</summary>
    /// <param name="seed">Decides split, initial parameters, first codes and order.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="epochs">Passes over the data.</param>
    public static IEnumerable<(string Row, double[] Values)> Measure(int seed, Device device, int epochs = 100)
    {
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (test)
        {
            using var initialization = new Generator((ulong)seed);
            using var trainer = new CodesTrainer(new PlaceEncoder(initialization), new PlaceDecoder(initialization), device)
            {
                Seed = seed,
                Epochs = epochs,
            };
            trainer.Fit(train);
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var images = test.Inputs.to(device);
            double error = (trainer.Reconstruct(images) - images).square().mean().ToDouble();
            var counts = nn.functional.one_hot(trainer.Encode(images).flatten(), 64).sum(0L).to_type(ScalarType.Float64);
            var shares = counts / counts.sum();
            yield return ("64 codes at 16 places",
                [1000 * error, special.entr(shares).sum().exp().ToDouble(), shares.count_nonzero().ToDouble()]);
        }
    }
}
