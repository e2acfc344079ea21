using Dsl;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Generation;

/// <summary>Tells digits of 28 by 28 apart, to judge samples.</summary>
[Model(1, 28, 28)]
[Conv2d(16, 3, Padding = 1), ReLU, MaxPool2d(2), Conv2d(32, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Tag("features"), Linear(10)]
public partial class MnistJudge;

[Trainer<MnistJudge>, CrossEntropy, Adam(1e-3), Epochs(8), BatchSize(64, DropLast = true)]
public partial class MnistJudgeTrainer;

/// <summary>Digits in [−1, 1] of 64 numbers of noise.</summary>
[Model(64), Linear(128), ReLU, Linear(256), ReLU, Linear(784), Tanh, Reshape(1, 28, 28)]
public partial class MnistPainter;

/// <summary>Tells digits from those of the painter.</summary>
[Model(1, 28, 28), Flatten, Linear(256), LeakyReLU(0.2), Linear(128), LeakyReLU(0.2), Linear(1)]
public partial class MnistOpponent;

[Trainer<MnistPainter>, Gan<MnistOpponent>(Loss = GanLoss.Hinge), BatchSize(64), Steps(4000), WeightAverage(Decay = 0.995)]
[Adam(2e-4, Beta1 = 0.5), Adam(2e-4, Beta1 = 0.5, For = "Discriminator")]
public partial class MnistHingeTrainer;

[Trainer<MnistPainter>, WganGp<MnistOpponent>(CriticSteps = 2), BatchSize(64), Steps(8000), WeightAverage(Decay = 0.995)]
[Adam(2e-4, Beta1 = 0, Beta2 = 0.9), Adam(2e-4, Beta1 = 0, Beta2 = 0.9, For = "Critic")]
public partial class MnistWassersteinTrainer;

/// <summary>Tells noise from digits at each of 100 levels.</summary>
[Model(1, 28, 28), Input("time", Elements = Elements.Index), Flatten, Tag("noisy")]
[From("time"), Embedding(100, 64), Tag("level")]
[From("noisy"), Concat("level"), Linear(512), SiLU, Linear(512), SiLU, Linear(784), Reshape(1, 28, 28)]
public partial class MnistDenoiser;

[Trainer<MnistDenoiser>, Diffusion(Levels = 100, FirstBeta = 1e-3, LastBeta = 0.2, Clip = 1)]
[Adam(1e-3), WeightAverage(Decay = 0.995), Steps(4000), BatchSize(128)]
public partial class MnistDiffusionTrainer;

/// <summary>MNIST's digits made of noise by generators against judges and by diffusion, judged by a classifier.</summary>
/// <param name="seed">Decides initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
/// <param name="steps">Updates of a generator.</param>
public sealed class MnistGeneration(int seed, Device device, int steps = 4000)
{
    private const int Samples = 2000;

    /// <summary>The row of the generator against a critic.</summary>
    public const string Wasserstein = "WGAN with a penalty of the slope";

    /// <summary>Confidence of the classifier in percent, its score, the Fréchet distance of its features, precision and recall
    /// in percent, and how many of the ten digits at least a hundredth of the samples are taken for.
    /// <c>python3 bench/pytorch/mnist.py DSL_DATA/mnist-t10k samples 5</c> trains the same in PyTorch.</summary>
    public IEnumerable<(string Row, double[] Values)> Measure()
    {
        var (train, test) = MnistImages.Load();
        using (train)
        using (test)
        using (var scaled = DigitJudge.Scaled(train))
        using (var judge = DigitJudge.OfMnist(train, test, seed, device))
        {
            using var generator = new Generator((ulong)seed);
            using var hinge = new MnistHingeTrainer(new MnistPainter(generator), new MnistOpponent(generator), device)
            {
                Seed = seed,
                Steps = steps,
            };
            hinge.Fit(scaled);
            yield return Row("hinge", hinge.Sample(Samples, seed), judge);

            // Its steps are the critic's, two for each of the generator.
            using var distance = new MnistWassersteinTrainer(new MnistPainter(generator), new MnistOpponent(generator), device)
            {
                Seed = seed,
                Steps = 2 * steps,
            };
            distance.Fit(scaled);
            yield return Row(Wasserstein, distance.Sample(Samples, seed), judge);

            using var diffusion = new MnistDiffusionTrainer(new MnistDenoiser(generator), device) { Seed = seed, Steps = steps };
            diffusion.Fit(scaled);
            yield return Row("diffusion, 100 levels", diffusion.Sample(Samples, seed), judge);
            yield return Row("training images", scaled.Inputs.slice(0, 0, Samples, 1).clone(), judge);
        }
    }

    private static (string Row, double[] Values) Row(string name, Tensor samples, DigitJudge judge)
    {
        using (samples)
            return (name, [.. judge.Scores(samples), judge.Modes(samples)]);
    }
}
