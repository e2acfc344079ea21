using Dsl.Runtime;
using Dsl.Tests.Posteriors;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Posteriors
{
    [Model(6), BayesianLinear(8), Tanh, BayesianLinear(4)]
    public partial class Uncertain;

    [Trainer<Uncertain>, CrossEntropy, BayesByBackprop(PriorDeviation = 0.5), Sgd(0.1), BatchSize(9), Seed(11), Steps(9)]
    public partial class UncertainExplicit;

    [Trainer<Uncertain>(Backward = Backward.Autograd), CrossEntropy, BayesByBackprop(PriorDeviation = 0.5), Sgd(0.1)]
    [BatchSize(9), Seed(11), Steps(9)]
    public partial class UncertainAutograd;

    [Model(1), BayesianLinear(1)]
    public partial class BayesianLine;

    [Trainer<BayesianLine>, HomoscedasticNll(InitialDeviation = 0.5), BayesByBackprop, Adam(0.02), BatchSize(20), Epochs(300)]
    public partial class LineTrainer;
}

namespace Dsl.Tests
{
    /// <summary>Bayes by backprop against tests/goldens/bayes.py, in both targets, and against a posterior that is
    /// known.</summary>
    public class BayesGoldenTests
    {
        [Fact]
        public void Three_steps()
        {
            var golden = Golden.Load("bayes/bayes_by_backprop");
            using var first = new Uncertain();
            using var second = new Uncertain();
            using var one = new UncertainExplicit(first) { StepsPerEpoch = 5 };
            using var other = new UncertainAutograd(second) { StepsPerEpoch = 5 };
            Run(golden, first, (x, y) =>
            {
                var losses = one.Step(new UncertainExplicit.Batch(x, y));
                return (losses.Total, losses.Complexity);
            });
            Run(golden, second, (x, y) =>
            {
                var losses = other.Step(new UncertainAutograd.Batch(x, y));
                return (losses.Total, losses.Complexity);
            });
        }

        [Fact]
        public void Weights_start_with_the_deviation_declared()
        {
            using var network = new Uncertain();
            var state = network.state_dict();
            Assert.Equal(
                [
                    "0.mu_weight", "0.rho_weight", "0.mu_bias", "0.rho_bias",
                    "2.mu_weight", "2.rho_weight", "2.mu_bias", "2.rho_bias",
                ],
                state.Keys);
            using Tensor deviations = nn.functional.softplus(state["0.rho_weight"]);
            Assert.Equal(0.02, deviations.max().item<float>(), 1e-6);
            Assert.Equal(0.02, deviations.min().item<float>(), 1e-6);
        }

        /// <summary>A line y = w x + b with noise of a deviation that is learned too: the posterior's deviations are those of
        /// Bayesian linear regression, near s/√n for few data as for many.</summary>
        [Theory]
        [InlineData(20)]
        [InlineData(200)]
        public void Deviations_are_those_of_linear_regression(int samples)
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator(3);
            Tensor x = randn([samples, 1], generator: generator), noise = randn([samples, 1], generator: generator);
            using var data = new InMemoryData(x, x * 2 + 1 + noise / 2);
            using var network = new BayesianLine(new Generator(1));
            using var trainer = new LineTrainer(network);
            trainer.Fit(data);
            double spread = Math.Exp(trainer.LogVariance.item<float>() / 2);
            Assert.InRange(spread, 0.3, 0.8);
            var state = network.state_dict();
            double slope = state["0.mu_weight"].item<float>();
            Assert.InRange(slope, 1.6, 2.4);

            // 1/σ² = Σ x²/s² + 1 of the prior; the inputs are all but orthogonal to the constant.
            double expected = 1 / Math.Sqrt(x.square().sum().item<float>() / (spread * spread) + 1);
            double found = nn.functional.softplus(state["0.rho_weight"]).item<float>();
            Assert.InRange(found / expected, 0.75, 1.35);
        }

        private static void Run(Golden golden, Uncertain network, Func<Tensor, Tensor, (Tensor Total, Tensor Complexity)> step)
        {
            using var scope = NewDisposeScope();
            var state = network.state_dict();
            using (no_grad())
            {
                foreach (var (name, parameter) in state) parameter.copy_(golden["initial." + name]);
                network.eval();
                golden.Matches("evaluated", network.forward(golden["input"]));
            }

            for (int number = 0; number < 3; number++)
            {
                var (total, complexity) = step(golden["input"], golden["label"]);
                Near(total, golden["loss"][number]);
                Near(complexity, golden["complexity"][number]);
                foreach (var (name, parameter) in state) golden.Matches($"step{number}.{name}", parameter);
            }

            static void Near(Tensor found, Tensor wanted)
            {
                double number = found.item<float>(), expected = wanted.item<float>();
                Assert.True(Math.Abs(number - expected) <= 1e-5 * Math.Abs(expected) + 1e-6, $"{number} instead of {expected}");
            }
        }
    }
}
