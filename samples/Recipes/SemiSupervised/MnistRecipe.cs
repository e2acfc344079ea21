using Dsl;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.SemiSupervised;

/// <summary>Two convolutions with batch normalisation, for images of 28 by 28.</summary>
[Model(1, 28, 28)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(128), ReLU, Linear(10)]
public partial class MnistCnn;

[Augmentation, RandomShift(2)]
public partial class MnistWeak;

[Augmentation, RandomShift(2), RandomRotation(20), RandomScale(0.85, 1.15), GaussianNoise(0.2), Cutout(8)]
public partial class MnistStrong;

[Trainer<MnistCnn>, CrossEntropy, Augment<MnistWeak>]
[Adam(2e-3), Cosine, Steps(1000), BatchSize(32)]
public partial class MnistLabelsAlone;

[Trainer<MnistCnn>, CrossEntropy, FixMatch<MnistWeak, MnistStrong>]
[Adam(2e-3), Cosine, Steps(1000), BatchSize(32, Unlabeled = 96)]
public partial class MnistFixMatched;

/// <summary>
/// The 10,000 test images of MNIST: the first 8,000 to train, of which 100 have a label, ten of each digit, and 2,000 to test.
/// </summary>
public static class MnistRecipe
{
    private const int Labels = 100;

    /// <summary>Test errors in percent with the labels alone, and by FixMatch with the other images.</summary>
    /// <param name="seed">Decides which images have a label, initial parameters and every draw.</param>
    /// <param name="device">Where to train.</param>
    public static (double LabelsAlone, double FixMatch) Errors(int seed, Device device)
    {
        var (images, test) = MnistImages.Load();
        using var ownedImages = images;
        using var ownedTest = test;
        using var labeled = images.BalancedSubset(Labels, seed);
        using var alone = new MnistLabelsAlone(Network(seed), device) { Seed = seed };
        alone.Fit(labeled);
        using var matched = new MnistFixMatched(Network(seed), device) { Seed = seed };
        matched.Fit(labeled, images);
        return (100 * (1 - alone.Evaluate(test).Accuracy), 100 * (1 - matched.Evaluate(test).Accuracy));
    }

    private static MnistCnn Network(int seed)
    {
        using var generator = new Generator((ulong)seed);
        return new MnistCnn(generator);
    }
}
