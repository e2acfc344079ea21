using System.Globalization;
using Dsl.Runtime;
using Dsl.Tests.Bottlenecks;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Bottlenecks
{
    [Model(6), Linear(8), Tanh, Linear(6), Tag("code"), NormalSample, Linear(4)]
    public partial class Narrow;

    [Trainer<Narrow>, CrossEntropy, InformationBottleneck(Of = "code", Beta = 0.05), Sgd(0.1), Seed(7), Steps(9)]
    public partial class NarrowExplicit;

    [Trainer<Narrow>(Backward = Backward.Autograd), CrossEntropy, InformationBottleneck(Of = "code", Beta = 0.05), Sgd(0.1)]
    [Seed(7), Steps(9)]
    public partial class NarrowAutograd;

    [Model(20), Linear(32), ReLU, Linear(16), Tag("code"), NormalSample, Linear(2)]
    public partial class Wide;

    [Trainer<Wide>, CrossEntropy, InformationBottleneck(Of = "code", Beta = 0.1), Adam(5e-3), BatchSize(50), Epochs(40)]
    public partial class WideTrainer;
}

namespace Dsl.Tests
{
    /// <summary>The information bottleneck against tests/goldens/bottleneck.py, in both targets, and what it keeps.</summary>
    public class BottleneckGoldenTests
    {
        [Theory]
        [InlineData("bottleneck_0.05")]
        [InlineData("bottleneck_0")]
        [InlineData("bottleneck_1")]
        public void Three_steps(string name)
        {
            var golden = Golden.Load($"bottleneck/{name}");
            double beta = double.Parse(golden.Settings["InformationBottleneckBeta"], CultureInfo.InvariantCulture);
            using var first = new Narrow();
            using var second = new Narrow();
            using var one = new NarrowExplicit(first) { InformationBottleneckCodeBeta = beta };
            using var other = new NarrowAutograd(second) { InformationBottleneckCodeBeta = beta };
            Run(golden, first, (x, y) =>
            {
                var losses = one.Step(new NarrowExplicit.Batch(x, y));
                return (losses.Total, losses.InformationBottleneckCode);
            });
            Run(golden, second, (x, y) =>
            {
                var losses = other.Step(new NarrowAutograd.Batch(x, y));
                return (losses.Total, losses.InformationBottleneckCode);
            });
        }

        [Fact]
        public void Passes_draw_where_they_are_asked_to()
        {
            using var scope = NewDisposeScope();
            using var network = new Narrow(new Generator(1));
            network.eval();
            Tensor input = randn([5, 6], generator: new Generator(2));
            using (no_grad()) network.Linear2Bias![TensorIndex.Slice(3)] = 6;
            using var sampled = new MonteCarloDropout(network, passes: 12, seed: 3);
            Tensor once = sampled.Sample(input), again = sampled.Sample(input);
            Assert.Equal([12, 5, 4], once.shape);
            Assert.True(once.allclose(again));
            Assert.True((once[0] - once[1]).abs().max().item<float>() > 0.1);
            using (no_grad()) Assert.True(network.forward(input).equal(network.forward(input)).all().item<bool>());
        }

        /// <summary>Two of twenty inputs tell the class: what is kept lies near one bit, and grows without the price.</summary>
        [Fact]
        public void Little_is_kept()
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator(4);
            Tensor inputs = randn([500, 20], generator: generator);
            Tensor labels = (inputs[.., 0] + inputs[.., 1] > 0).to(ScalarType.Int64);
            using var data = new InMemoryData(inputs, labels);
            Assert.InRange(Nats(0.1), 0.2, 2.5);
            Assert.True(Nats(1e-5) > 2 * Nats(0.1));

            double Nats(double beta)
            {
                using var network = new Wide(new Generator(5));
                using var trainer = new WideTrainer(network) { InformationBottleneckCodeBeta = beta };
                trainer.Fit(data);
                Assert.True(trainer.Evaluate(data).Accuracy > 0.9);
                var losses = trainer.Step(new WideTrainer.Batch(inputs, labels));
                return losses.InformationBottleneckCode.item<float>() / beta;
            }
        }

        private static void Run(Golden golden, Narrow network, Func<Tensor, Tensor, (Tensor Total, Tensor Information)> step)
        {
            using var scope = NewDisposeScope();
            var state = network.state_dict();
            using (no_grad())
            {
                foreach (var (name, parameter) in state) parameter.copy_(golden["initial." + Stored(name)]);
                network.eval();
                golden.Matches("evaluated", network.forward(golden["input"]));
            }

            for (int number = 0; number < 3; number++)
            {
                var (total, information) = step(golden["input"], golden["label"]);
                Near(total, golden["loss"][number]);
                Near(information, golden["information"][number]);
                foreach (var (name, parameter) in state) golden.Matches($"step{number}.{Stored(name)}", parameter);
            }

            // The last layer stands behind the tag and the draw.
            static string Stored(string name) => name.StartsWith("5.", StringComparison.Ordinal) ? "4." + name[2..] : name;

            static void Near(Tensor found, Tensor wanted)
            {
                double number = found.item<float>(), expected = wanted.item<float>();
                Assert.True(Math.Abs(number - expected) <= 1e-5 * Math.Abs(expected) + 1e-6, $"{number} instead of {expected}");
            }
        }
    }
}
