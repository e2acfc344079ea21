using Dsl;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Robustness;

/// <summary>Tells digits of 28 by 28 apart.</summary>
[Model(1, 28, 28)]
[Conv2d(16, 3, Padding = 1), ReLU, MaxPool2d(2), Conv2d(32, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Linear(10)]
public partial class MnistCnn;

[Trainer<MnistCnn>, CrossEntropy, Adam(1e-3), Epochs(12), BatchSize(64, DropLast = true)]
public partial class MnistNatural;

/// <summary>Training at ε = 0.3, which starts to learn only when the ball grows.</summary>
[Trainer<MnistCnn>, CrossEntropy, AdversarialTraining(Epsilon = 0.3, StepSize = 0.15, Steps = 5, RampUpEpochs = 5)]
[Adam(1e-3), Epochs(12), BatchSize(64, DropLast = true)]
public partial class MnistByPgd;

/// <summary>MNIST's digits that an attack moves by up to 0.3, at which the disturbance is plain to see: a network trained on
/// them as they are, and one trained on attacked ones (Madry et al. 2018, arXiv 1706.06083).</summary>
public static class MnistRobustness
{
    /// <summary>PyTorch 1.13 with the same recipe and the same images, 5 seeds, in percent
    /// (<c>python3 bench/pytorch/mnist.py DSL_DATA/mnist-t10k robust 5</c>).</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> References { get; } =
    [
        [(98.4, 0.2), (6.7, 1.6), (58.2, 5.1), (0, 0)], [(97.8, 0.1), (88.2, 2.5), (95.0, 0.3), (82.5, 2.7)],
    ];

    /// <summary>Accuracy of the 2,000 test images in percent: as they are, FGSM at 0.3, and 40 steps of PGD at 0.1 (of 0.01)
    /// and at 0.3 (of 0.01).</summary>
    /// <param name="seed">Decides initial parameters and every draw.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="epochs">Passes of each training over the 8,000 images; null for those declared.</param>
    public static IEnumerable<(string Row, double[] Values)> Measure(int seed, Device device, int? epochs = null)
    {
        var (train, test) = MnistImages.Load();
        using (train)
        using (test)
        using (var generator = new Generator((ulong)seed))
        using (var natural = new MnistNatural(new MnistCnn(generator), device) { Seed = seed })
        using (var byPgd = new MnistByPgd(new MnistCnn(generator), device) { Seed = seed })
        {
            if (epochs is { } passes)
            {
                natural.Epochs = byPgd.Epochs = passes;
                byPgd.AdversarialTrainingRampUpEpochs = passes / 2;
            }

            natural.Fit(train);
            yield return ("as they are", Accuracies(natural.Model, test, device, seed));
            byPgd.Fit(train);
            yield return ("PGD, 5 steps", Accuracies(byPgd.Model, test, device, seed));
        }
    }

    private static double[] Accuracies(MnistCnn network, InMemoryData test, Device device, int seed)
    {
        LinfBall small = new(0.1), large = new(0.3);
        GradientAttack[] attacks =
        [
            GradientAttack.Fgsm(large), new(small) { StepSize = 0.01 }, new(large) { StepSize = 0.01 },
        ];
        var found = attacks.Select(attack => RobustAccuracy.Evaluate(network, test, attack, device, seed)).ToList();
        return [100 * found[0].CleanAccuracy, .. found.Select(each => 100 * each.Accuracy)];
    }
}
