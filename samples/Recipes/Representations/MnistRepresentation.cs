using Dsl;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Representations;

[Augmentation, RandomShift(3), RandomRotation(15), RandomScale(0.85, 1.15), GaussianNoise(0.1), Cutout(8)]
public partial class MnistView;

/// <summary>Two convolutions with batch normalisation and 128 features, for images of 28 by 28.</summary>
[Model(1, 28, 28)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(128), ReLU]
public partial class MnistEncoder;

[Model(128), Linear(128, Bias = false), BatchNorm1d, ReLU, Linear(64)]
public partial class MnistHead;

/// <summary>Encoder and head in one, for objectives of embeddings.</summary>
[Model(1, 28, 28)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(128), ReLU, Tag("features")]
[Linear(128, Bias = false), BatchNorm1d, ReLU, Linear(64)]
public partial class MnistEmbedder;

/// <summary>The same for classes.</summary>
[Model(1, 28, 28)]
[Conv2d(16, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Conv2d(32, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(128), ReLU, Tag("features")]
[Linear(10)]
public partial class MnistClassifier;

[Trainer<MnistClassifier>, CrossEntropy, Augment<MnistView>, Probe(Of = "features")]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true)]
public partial class MnistSupervised;

[Trainer<MnistEncoder>, SimClr<MnistView, MnistView>(Temperature = 0.5), Projection<MnistHead>, Probe]
[Adam(2e-3), Steps(500), BatchSize(128, DropLast = true)]
public partial class MnistByContrast;

[Trainer<MnistEmbedder>, Triplet(Margin = 0.2), Augment<MnistView>, Probe(Of = "features")]
[Adam(2e-3), Steps(500), BatchSize(120), SamplesPerClass(12)]
public partial class MnistByTriplets;

/// <summary>
/// What features of the 10,000 test images of MNIST are worth that were learned with and without labels: the first 8,000 to
/// learn from, 2,000 for the probes to be tested on.
/// </summary>
/// <param name="seed">Decides which images have a label, initial parameters and every draw.</param>
/// <param name="device">Where to train.</param>
public sealed class MnistRepresentation(int seed, Device device)
{
    private const int FewLabels = 100;

    /// <summary>PyTorch 1.13's numbers by <c>bench/pytorch/representations.py</c>, 3 seeds: mean and standard deviation, half a
    /// point at least, in percent, of a linear classifier of all labels, one of 100, five neighbours.</summary>
    public static IReadOnlyList<(double Mean, double Deviation)[]> References { get; } =
    [
        [(93.1, 0.5), (70.5, 2.6), (94.0, 0.6)],
        [(98.7, 0.5), (96.7, 0.9), (98.6, 0.5)],
        [(98.3, 0.5), (92.4, 1.5), (97.8, 0.5)],
        [(98.9, 0.5), (97.4, 0.5), (99.2, 0.5)],
    ];

    /// <summary>A row for each way to learn features.</summary>
    public IEnumerable<(string Row, double[] Values)> Measure()
    {
        var (train, test) = MnistImages.Load();
        using var ownedTrain = train;
        using var ownedTest = test;
        using var few = train.BalancedSubset(FewLabels, seed);
        ProbeData all = new(train, test), some = new(few, test);
        using var generator = new Generator((ulong)seed);
        using (var untrained = new MnistByContrast(new MnistEncoder(generator), new MnistHead(generator), device) { Seed = seed })
            yield return Row("random weights", untrained.EvaluateFeatures(all), untrained.EvaluateFeatures(some));
        using (var labels = new MnistSupervised(new MnistClassifier(generator), device) { Seed = seed })
        {
            labels.Fit(train);
            yield return Row("all labels", labels.EvaluateFeatures(all), labels.EvaluateFeatures(some));
        }

        using (var contrast = new MnistByContrast(new MnistEncoder(generator), new MnistHead(generator), device) { Seed = seed })
        {
            contrast.Fit(train);
            yield return Row("SimCLR", contrast.EvaluateFeatures(all), contrast.EvaluateFeatures(some));
        }

        using (var triplets = new MnistByTriplets(new MnistEmbedder(generator), device) { Seed = seed })
        {
            triplets.Fit(train);
            yield return Row("triplets, semi-hard", triplets.EvaluateFeatures(all), triplets.EvaluateFeatures(some));
        }
    }

    private static (string Row, double[] Values) Row(string row, ProbeEvaluation all, ProbeEvaluation few) =>
        (row, [100 * all.LinearAccuracy, 100 * few.LinearAccuracy, 100 * all.NeighborAccuracy]);
}
