using System.Globalization;
using Digits;
using Dsl.Runtime;
using Dsl.Tests.Priors;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Priors
{
    [Model(5), Linear(6), Tanh, Linear(4)]
    public partial class Concentrations;

    [Trainer<Concentrations>, PriorNetwork, Sgd(0.01), Steps(9)]
    public partial class PriorExplicit;

    [Trainer<Concentrations>(Backward = Backward.Autograd), PriorNetwork, Sgd(0.01), Steps(9)]
    public partial class PriorAutograd;

    [Model(1, 8, 8), Flatten, Linear(64), ReLU, Linear(10)]
    public partial class DigitConcentrations;

    [Trainer<DigitConcentrations>, PriorNetwork(Precision = 50), Adam(2e-3), ClipGradNorm(1)]
    [BatchSize(64, Unlabeled = 64), Epochs(30)]
    public partial class DigitPrior;
}

namespace Dsl.Tests
{
    /// <summary>Prior networks against tests/goldens/prior.py, in both targets, and what they say of strange digits.</summary>
    public class PriorNetworkGoldenTests
    {
        [Theory]
        [InlineData("precision_10")]
        [InlineData("precision_100_some")]
        public void Divergences(string name)
        {
            var golden = Golden.Load($"prior/{name}");
            double precision = Setting("PriorNetworkPrecision"), weight = Setting("PriorNetworkOutsideWeight");
            using var first = new Concentrations();
            using var second = new Concentrations();
            using var one = new PriorExplicit(first)
            {
                PriorNetworkPrecision = precision, PriorNetworkOutsideWeight = weight,
            };
            using var other = new PriorAutograd(second)
            {
                PriorNetworkPrecision = precision, PriorNetworkOutsideWeight = weight,
            };
            Run(golden, first, (x, y, u) => one.Step(new PriorExplicit.Batch(x, y, u)).Total);
            Run(golden, second, (x, y, u) => other.Step(new PriorAutograd.Batch(x, y, u)).Total);

            double Setting(string setting) => double.Parse(golden.Settings[setting], CultureInfo.InvariantCulture);
        }

        /// <summary>Trained with pixels of many images outside, digits whose pixels are shuffled are strange too:
        /// AUROC 0.91.</summary>
        [Fact]
        public void Strange_images_are_known_to_be_strange()
        {
            var (train, test) = HandwrittenDigits.LoadSplit(0);
            using (train)
            using (test)
            using (NewDisposeScope())
            using (var generator = new Generator(1))
            using (var network = new DigitConcentrations(new Generator(2)))
            using (var trainer = new DigitPrior(network) { Seed = 1 })
            {
                // Pixels of training images, each drawn from another image.
                Tensor drawn = rand(train.Inputs.shape, generator: generator).argsort(0);
                using var outside = new InMemoryData(train.Inputs.gather(0, drawn), train.Labels.clone());
                trainer.Fit(train, outside);
                Assert.True(trainer.Evaluate(test).Accuracy > 0.9);
                var order = randperm(64, generator: generator);
                Tensor strange = test.Inputs.reshape(-1, 64).index_select(1, order).reshape(-1, 1, 8, 8);
                using var noGrad = no_grad();
                using var own = new DirichletPrediction(network.Predict(test.Inputs));
                using var other = new DirichletPrediction(network.Predict(strange));
                using Tensor known = own.Precision.log(), unknown = other.Precision.log();
                double auroc = OutlierDetection.Of(known, unknown).Auroc;
                Assert.True(auroc > 0.85, $"{auroc}");
            }
        }

        private static void Run(Golden golden, nn.Module network, Func<Tensor, Tensor, Tensor, Tensor> step)
        {
            using var scope = NewDisposeScope();
            string[] names = ["0.weight", "0.bias", "2.weight", "2.bias"];
            var state = network.state_dict();
            using (no_grad())
                foreach (string name in names) state[name].copy_(golden["initial." + name]);
            for (int number = 0; number < 3; number++)
            {
                double loss = step(golden["input"], golden["label"], golden["outside"]).item<float>();
                double expected = golden["loss"][number].item<float>();
                Assert.True(Math.Abs(loss - expected) <= 1e-5 * Math.Abs(expected) + 1e-6, $"{loss} instead of {expected}");
                foreach (string name in names) golden.Matches($"step{number}.{name}", state[name]);
            }
        }
    }
}
