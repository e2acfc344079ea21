using Dsl;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Latents;

/// <summary>Means and log variances of 20 latent numbers of an image of 28 by 28.</summary>
[Model(1, 28, 28), Flatten, Linear(400), ReLU, Linear(40)]
public partial class MnistPosterior;

/// <summary>Logits of its pixels.</summary>
[Model(20), Linear(400), ReLU, Linear(784), Reshape(1, 28, 28)]
public partial class MnistDecoder;

[Trainer<MnistPosterior>, VariationalAutoencoder<MnistDecoder>, Adam(1e-3), BatchSize(128, DropLast = true), Epochs(30)]
public partial class MnistVariationalTrainer;

/// <summary>The variational autoencoder of PyTorch's examples on 8,000 of MNIST's digits (Kingma and Welling 2014, arXiv
/// 1312.6114).</summary>
public static class MnistVariational
{
    /// <summary>PyTorch 1.13 with the same recipe, in nats an image of the test data: −ELBO, reconstruction, divergence, minus
    /// the importance-weighted bound of 100 draws
    /// (<c>python3 bench/pytorch/mnist.py DSL_DATA/mnist-t10k bound 5</c>).</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> References { get; } =
        [[(113.6, 0.1), (87.7, 0.3), (25.8, 0.4), (108.8, 0.2)]];

    /// <summary>The same numbers.</summary>
    /// <param name="seed">Decides initial parameters and every draw.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="epochs">Passes over the data.</param>
    public static IEnumerable<(string Row, double[] Values)> Measure(int seed, Device device, int epochs = 30)
    {
        var (train, test) = MnistImages.Load();
        using (train)
        using (test)
        {
            using var generator = new Generator((ulong)seed);
            using var trainer = new MnistVariationalTrainer(new MnistPosterior(generator), new MnistDecoder(generator), device)
            {
                Seed = seed,
                Epochs = epochs,
            };
            trainer.Fit(train);
            var bound = trainer.EvaluateBound(test, samples: 100);
            yield return ("784-400-20", [-bound.Elbo, bound.Reconstruction, bound.Divergence, -bound.ImportanceWeighted]);
        }
    }
}
