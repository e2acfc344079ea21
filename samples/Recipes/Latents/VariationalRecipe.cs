using Digits;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Latents;

/// <summary>Variational autoencoders of handwritten digits with weights of the divergence below, at and above that of the
/// evidence lower bound (Kingma and Welling 2014, arXiv 1312.6114; Higgins et al. 2017).</summary>
public static class VariationalRecipe
{
    /// <summary>PyTorch 1.13 with the same recipe on other random splits, means of 3 seeds in nats an image of the test data:
    /// −ELBO, reconstruction, divergence. The deviation was measured of −ELBO at β = 1.</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> References { get; } =
    [
        [(25.2, 0.1), (19.0, 0.1), (6.3, 0.1)], [(24.4, 0.1), (21.1, 0.1), (3.3, 0.1)], [(27.1, 0.1), (27.1, 0.1), (0, 0.1)],
    ];

    /// <summary>−ELBO, reconstruction, divergence and minus the importance-weighted bound of 100 draws, of the test data in nats
    /// an image.</summary>
    /// <param name="seed">Decides split, initial parameters and every draw.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="epochs">Passes over the data.</param>
    public static IEnumerable<(string Row, double[] Values)> Measure(int seed, Device device, int epochs = 150)
    {
        var (train, test) = HandwrittenDigits.LoadSplit(seed);
        using (train)
        using (test)
        {
            foreach (double beta in new[] { 0.5, 1, 4 })
            {
                using var initialization = new Generator((ulong)seed);
                using var trainer = new DigitsTrainer(new Posterior(initialization), new Decoder(initialization), device)
                {
                    Seed = seed,
                    Epochs = epochs,
                    VariationalAutoencoderBeta = beta,
                };
                trainer.Fit(train);
                var bound = trainer.EvaluateBound(test, samples: 100);
                yield return (FormattableString.Invariant($"β = {beta}"),
                    [-bound.Elbo, bound.Reconstruction, bound.Divergence, -bound.ImportanceWeighted]);
            }
        }
    }
}
