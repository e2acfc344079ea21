using System.Globalization;
using Dsl.Runtime;
using Dsl.Tests.Gaussians;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Gaussians
{
    [Model(3), Linear(6), Tanh, Tag("body"), Linear(2), Output("mean"), From("body"), Linear(2), Output("logVariance")]
    public partial class MeanAndVariance;

    [Model(3), Linear(6), Tanh, Linear(2)]
    public partial class MeanAlone;

    [Trainer<MeanAndVariance>, GaussianNll("logVariance", Of = "mean"), Sgd(0.1), Steps(9)]
    public partial class VarianceExplicit;

    [Trainer<MeanAndVariance>(Backward = Backward.Autograd), GaussianNll("logVariance", Of = "mean"), Sgd(0.1), Steps(9)]
    public partial class VarianceAutograd;

    [Trainer<MeanAndVariance>, GaussianNll("logVariance", Of = "mean", Beta = 0), Sgd(0.1), Steps(9)]
    public partial class LikelihoodExplicit;

    [Trainer<MeanAndVariance>(Backward = Backward.Autograd), GaussianNll("logVariance", Of = "mean", Beta = 0), Sgd(0.1)]
    [Steps(9)]
    public partial class LikelihoodAutograd;

    [Trainer<MeanAlone>, HomoscedasticNll(InitialDeviation = 2), Sgd(0.1), Steps(9)]
    public partial class OneVarianceExplicit;

    [Trainer<MeanAlone>(Backward = Backward.Autograd), HomoscedasticNll(InitialDeviation = 2), Sgd(0.1), Steps(9)]
    public partial class OneVarianceAutograd;

    [Trainer<MeanAlone>, HomoscedasticNll, Adam(0.02), Epochs(60), BatchSize(50)]
    public partial class OneVarianceTrainer;

    [Trainer<MeanAndVariance>, GaussianNll("logVariance", Of = "mean"), Adam(0.02), Epochs(60), BatchSize(50)]
    public partial class VarianceTrainer;
}

namespace Dsl.Tests
{
    /// <summary>Means and variances against tests/goldens/regression.py, in both targets, and what they learn.</summary>
    public class GaussianNllGoldenTests
    {
        private static readonly string[] Both =
            ["0.weight", "0.bias", "mean.weight", "mean.bias", "variance.weight", "variance.bias"];

        [Theory]
        [InlineData("heteroscedastic_0.5")]
        [InlineData("heteroscedastic_1")]
        public void Variances(string name)
        {
            var golden = Golden.Load($"regression/{name}");
            double beta = double.Parse(golden.Settings["GaussianNllBeta"], CultureInfo.InvariantCulture);
            using var first = new MeanAndVariance();
            using var second = new MeanAndVariance();
            using var one = new VarianceExplicit(first) { GaussianNllMeanBeta = beta };
            using var other = new VarianceAutograd(second) { GaussianNllMeanBeta = beta };
            Run(golden, Both, first, (x, y) => one.Step(new VarianceExplicit.Batch(x, y)).Total);
            Run(golden, Both, second, (x, y) => other.Step(new VarianceAutograd.Batch(x, y)).Total);
        }

        [Theory]
        [InlineData("heteroscedastic_0")]
        [InlineData("heteroscedastic_0_clamped")]
        public void Likelihood(string name)
        {
            var golden = Golden.Load($"regression/{name}");
            using var first = new MeanAndVariance();
            using var second = new MeanAndVariance();
            using var one = new LikelihoodExplicit(first);
            using var other = new LikelihoodAutograd(second);
            Run(golden, Both, first, (x, y) => one.Step(new LikelihoodExplicit.Batch(x, y)).Total);
            Run(golden, Both, second, (x, y) => other.Step(new LikelihoodAutograd.Batch(x, y)).Total);
        }

        [Fact]
        public void One_variance()
        {
            var golden = Golden.Load("regression/homoscedastic");
            string[] names = ["0.weight", "0.bias", "mean.weight", "mean.bias"];
            using var first = new MeanAlone();
            using var second = new MeanAlone();
            using var one = new OneVarianceExplicit(first);
            using var other = new OneVarianceAutograd(second);
            golden.Matches("initial.s", one.LogVariance);
            Run(golden, names, first, (x, y) => one.Step(new OneVarianceExplicit.Batch(x, y)).Total,
                step => golden.Matches($"step{step}.s", one.LogVariance));
            Run(golden, names, second, (x, y) => other.Step(new OneVarianceAutograd.Batch(x, y)).Total,
                step => golden.Matches($"step{step}.s", other.LogVariance));
        }

        /// <summary>Targets y = x₁ with a deviation of 0.1 where x₂ is below 0 and of 1 elsewhere.</summary>
        [Fact]
        public void Deviations_are_learned()
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator(1);
            Tensor inputs = randn([1000, 3], generator: generator), noise = randn([1000, 2], generator: generator);
            Tensor deviation = (inputs[.., 1] < 0).unsqueeze(1).to(ScalarType.Float32) * -0.9 + 1;
            using var data = new InMemoryData(inputs, inputs[.., 0].unsqueeze(1) + noise * deviation);
            using var network = new MeanAndVariance(new Generator(2));
            using var trainer = new VarianceTrainer(network);
            trainer.Fit(data);
            using var noGrad = no_grad();
            network.eval();
            Tensor probes = tensor(new float[,] { { 0.5f, -1, 0 }, { 0.5f, 1, 0 } });
            var (_, logVariance) = network.forward(probes);
            double[] deviations = [.. (logVariance / 2).exp().mean([1L]).data<float>().Select(each => (double)each)];
            Assert.InRange(deviations[0], 0.05, 0.25);
            Assert.InRange(deviations[1], 0.75, 1.3);

            using var alone = new MeanAlone(new Generator(2));
            using var single = new OneVarianceTrainer(alone);
            single.Fit(data);

            // The root of (0.1² + 1²)/2.
            Assert.InRange(Math.Exp(single.LogVariance.item<float>() / 2), 0.62, 0.8);
        }

        private static void Run(
            Golden golden, string[] names, nn.Module network, Func<Tensor, Tensor, Tensor> step, Action<int>? stepped = null)
        {
            using var scope = NewDisposeScope();
            var state = network.parameters().ToList();
            Assert.Equal(names.Length, state.Count);
            using (no_grad())
                for (int i = 0; i < names.Length; i++) state[i].copy_(golden["initial." + names[i]]);
            for (int number = 0; number < 3; number++)
            {
                double loss = step(golden["input"], golden["label"]).item<float>();
                double expected = golden["loss"][number].item<float>();
                Assert.True(Math.Abs(loss - expected) <= 1e-5 * Math.Abs(expected) + 1e-6, $"{loss} instead of {expected}");
                for (int i = 0; i < names.Length; i++) golden.Matches($"step{number}.{names[i]}", state[i]);
                stepped?.Invoke(number);
            }
        }
    }
}
