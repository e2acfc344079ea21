using Digits;
using Dsl.Runtime;
using Dsl.Tests.Evidence;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Evidence
{
    [Model(5), Linear(6), Tanh, Linear(4), Softplus]
    public partial class Evident;

    [Trainer<Evident>, Evidential(RampUpSteps = 2), Sgd(0.1), Steps(9)]
    public partial class EvidentExplicit;

    [Trainer<Evident>(Backward = Backward.Autograd), Evidential(RampUpSteps = 2), Sgd(0.1), Steps(9)]
    public partial class EvidentAutograd;

    [Trainer<Evident>, Evidential(RampUpSteps = 2), Sgd(0.1), BatchSize(5), Accumulate(2), Steps(9)]
    public partial class EvidentAccumulated;

    [Model(1, 8, 8), Flatten, Linear(64), ReLU, Linear(10), Softplus]
    public partial class DigitEvidence;

    [Trainer<DigitEvidence>, Evidential, Adam(5e-3), BatchSize(32), Epochs(40)]
    public partial class DigitEvidential;
}

namespace Dsl.Tests
{
    /// <summary>Evidential classification against tests/goldens/evidential.py, in both targets, and what it says of strange
    /// digits.</summary>
    public class EvidentialGoldenTests
    {
        private static readonly string[] Names = ["0.weight", "0.bias", "2.weight", "2.bias"];

        [Theory]
        [InlineData("evidential")]
        [InlineData("evidential_some")]
        public void Three_steps(string name)
        {
            var golden = Golden.Load($"evidential/{name}");
            double weight = golden.Number("EvidentialDivergenceWeight");
            using var first = new Evident();
            using var second = new Evident();
            using var one = new EvidentExplicit(first) { EvidentialDivergenceWeight = weight };
            using var other = new EvidentAutograd(second) { EvidentialDivergenceWeight = weight };
            Run(golden, first, (x, y) => one.Step(new(x, y)).Total);
            Run(golden, second, (x, y) => other.Step(new(x, y)).Total);
        }

        [Fact]
        public void Halves_of_a_batch_are_a_batch()
        {
            // Of the halves one has fewer labels.
            var golden = Golden.Load("evidential/evidential_some");
            using var model = new Evident();
            golden.Restore(model.state_dict(), "initial.");
            using var trainer = new EvidentAccumulated(model)
            {
                EvidentialDivergenceWeight = golden.Number("EvidentialDivergenceWeight"),
            };
            using var halves = new BatchWindow<EvidentAccumulated.Batch>();
            foreach (int start in (int[])[0, 5])
                halves.Add(new(golden["input"].narrow(0, start, 5), golden["label"].narrow(0, start, 5)));
            using var counts = trainer.CountWindow(halves);
            for (int half = 0; half < 2; half++) trainer.ComputeGradients(halves[half], new(), counts);
            trainer.ApplyGradients();
            foreach (string name in Names) golden.Matches($"step0.{name}", model.state_dict()[name]);
        }

        [Fact]
        public void The_networks_probabilities_are_those_of_its_evidence()
        {
            var golden = Golden.Load("evidential/evidential");
            using var model = new Evident();
            golden.Restore(model.state_dict(), "initial.");
            using var evident = new EvidentialNetwork(model);
            using var logits = evident.forward(golden["input"]);
            golden.Matches("probabilities", logits.softmax(1));
            using var said = new DirichletPrediction(logits);
            golden.Matches("vacuity", said.Vacuity.to(ScalarType.Float32));
            using var negative = new EvidentialNetwork(nn.Linear(5, 4));
            Assert.Throws<DataMismatchException>(() => negative.forward(golden["input"]));
        }

        /// <summary>Digits whose pixels are shuffled leave more untold.</summary>
        [Fact]
        public void Strange_images_leave_more_untold()
        {
            var (train, test) = HandwrittenDigits.LoadSplit(0);
            using (train)
            using (test)
            using (NewDisposeScope())
            using (var generator = new Generator(1))
            using (var network = new DigitEvidence(new Generator(2)))
            using (var trainer = new DigitEvidential(network) { Seed = 1 })
            using (var evident = new EvidentialNetwork(network))
            {
                trainer.Fit(train);
                using var predictions = LabelledLogits.Of(evident, test);
                double right = predictions.Logits.argmax(1).eq(predictions.Labels).to(ScalarType.Float32).mean().ToDouble();
                Assert.True(right > 0.9, $"{right}");
                var order = randperm(64, generator: generator);
                Tensor strange = test.Inputs.reshape(-1, 64).index_select(1, order).reshape(-1, 1, 8, 8);
                using var own = new DirichletPrediction(evident.forward(test.Inputs));
                using var other = new DirichletPrediction(evident.forward(strange));
                using Tensor known = own.Vacuity.neg(), unknown = other.Vacuity.neg();
                double auroc = OutlierDetection.Of(known, unknown).Auroc;
                Assert.True(auroc > 0.8, $"{auroc}");
            }
        }

        private static void Run(Golden golden, nn.Module network, Func<Tensor, Tensor, Tensor> step)
        {
            using var scope = NewDisposeScope();
            var state = network.state_dict();
            using (no_grad())
                foreach (string name in Names) state[name].copy_(golden["initial." + name]);
            for (int number = 0; number < 3; number++)
            {
                double loss = step(golden["input"], golden["label"]).item<float>();
                double expected = golden["loss"][number].item<float>();
                Assert.True(Math.Abs(loss - expected) <= 1e-5 * Math.Abs(expected) + 1e-6, $"{loss} instead of {expected}");
                foreach (string name in Names) golden.Matches($"step{number}.{name}", state[name]);
            }
        }
    }
}
