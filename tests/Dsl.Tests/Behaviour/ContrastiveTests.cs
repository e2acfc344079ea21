using Digits;
using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Behaviour;

[Augmentation, RandomShift(1), RandomRotation(20), RandomScale(0.85, 1.15), GaussianNoise(0.1), Cutout(3)]
public partial class DigitView;

[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1), BatchNorm2d, ReLU, Conv2d(32, 3, Padding = 1), BatchNorm2d, ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Tag("features")]
[Linear(64), BatchNorm1d, ReLU, Linear(32)]
public partial class DigitEncoder;

[Trainer<DigitEncoder>, MoCo<DigitView, DigitView>(Queue = 1024, Momentum = 0.99, Temperature = 0.2)]
[Adam(2e-3), BatchSize(128, DropLast = true), Steps(500)]
public partial class DigitEncoderTrainer;

/// <summary>Features that were learned without a label tell real digits apart by their neighbours, better than those of random
/// weights do. PyTorch with the same settings: 95.4 % of three seeds, and 92.0 % with random weights.</summary>
public class ContrastiveTests
{
    [Fact]
    public void Neighbours_of_features()
    {
        List<double> random = [], learned = [];
        for (long seed = 0; seed < 2; seed++)
        {
            var (train, test) = HandwrittenDigits.LoadSplit(seed);
            using var initialization = new Generator((ulong)seed);
            using var model = new DigitEncoder(initialization);
            random.Add(NeighboursAccuracy(model, train, test));
            using var trainer = new DigitEncoderTrainer(model) { Seed = seed };
            trainer.Fit(train);
            learned.Add(NeighboursAccuracy(model, train, test));
            train.Dispose();
            test.Dispose();
        }

        Assert.InRange(learned.Average(), 94, 100);
        Assert.True(learned.Average() > random.Average() + 1, $"{learned.Average():f1} % of {random.Average():f1} %");
    }

    /// <summary>The most frequent label of the five nearest by angle, of features normalised over the training images.</summary>
    private static double NeighboursAccuracy(DigitEncoder model, InMemoryData train, InMemoryData test)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        model.eval();
        Tensor known = Features(train), asked = Features(test), mean = known.mean([0]), deviation = known.std(0).add(1e-5);
        known = nn.functional.normalize(known.sub(mean).div(deviation));
        asked = nn.functional.normalize(asked.sub(mean).div(deviation));
        Tensor nearest = asked.mm(known.t()).topk(5, 1).indexes;
        Tensor votes = train.Labels.index_select(0, nearest.flatten()).reshape(nearest.shape);
        return 100 * votes.mode(1).values.eq(test.Labels).to(ScalarType.Float64).mean().ToDouble();

        Tensor Features(InMemoryData data) => model.ForwardFeatures(data.Inputs).Item2;
    }
}
