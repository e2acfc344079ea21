using Dsl;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Robustness;

/// <summary>Two convolutions for images of 28 by 28, without normalisation.</summary>
[Model(1, 28, 28)]
[Conv2d(16, 4, Stride = 2, Padding = 1), ReLU, Conv2d(32, 4, Stride = 2, Padding = 1), ReLU]
[Flatten, Linear(64), ReLU, Linear(10)]
public partial class MnistCnn;

[Trainer<MnistCnn>, CrossEntropy, Adam(1e-3), Epochs(12), BatchSize(128, DropLast = true)]
public partial class MnistNatural;

[Trainer<MnistCnn>, CrossEntropy, AdversarialTraining(Epsilon = 0.3, StepSize = 0.1, Steps = 7)]
[Adam(1e-3), Epochs(12), BatchSize(128, DropLast = true)]
public partial class MnistByPgd;

/// <summary>MNIST's digits that an attack moved by as much as 0.3 (Madry et al. 2018, arXiv 1706.06083).</summary>
public static class MnistRobustness
{
    /// <summary>PyTorch 1.13 with the same recipe, in percent: clean, FGSM at 0.3, 40 steps of PGD at 0.1 and at 0.3
    /// (<c>python3 bench/pytorch/mnist.py DSL_DATA/mnist-t10k attacks 5</c>).</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> References { get; } = [];

    /// <summary>The same numbers.</summary>
    /// <param name="seed">Decides initial parameters and every draw.</param>
    /// <param name="device">Where to train.</param>
    public static IEnumerable<(string Row, double[] Values)> Measure(int seed, Device device)
    {
        var (train, test) = MnistImages.Load();
        using (train)
        using (test)
        {
            using var generator = new Generator((ulong)seed);
            using var natural = new MnistNatural(new MnistCnn(generator), device) { Seed = seed };
            natural.Fit(train);
            yield return ("images as they are", Accuracies(natural.Model, test, device, seed));
            using var byPgd = new MnistByPgd(new MnistCnn(generator), device) { Seed = seed };
            byPgd.Fit(train);
            yield return ("PGD, 7 steps", Accuracies(byPgd.Model, test, device, seed));
        }
    }

    private static double[] Accuracies(nn.Module<Tensor, Tensor> network, InMemoryData test, Device device, int seed)
    {
        LinfBall small = new(0.1), large = new(0.3);
        GradientAttack[] attacks =
        [
            GradientAttack.Fgsm(large), new GradientAttack(small) { StepSize = 0.01 },
            new GradientAttack(large) { StepSize = 0.01 },
        ];
        var found = attacks.Select(attack => RobustAccuracy.Evaluate(network, test, attack, device, seed)).ToList();
        return [100 * found[0].CleanAccuracy, .. found.Select(each => 100 * each.Accuracy)];
    }
}
