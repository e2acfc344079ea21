using Dsl.Runtime;
using Dsl.Tests.Recipes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests
{
    /// <summary>Support vector machines: solved, against Newton's method in numpy, and by descent.</summary>
    public class LinearSvmTests
    {
        [Theory]
        [InlineData("one_against_the_rest")]
        [InlineData("one_against_the_rest_softly")]
        public void It_is_solved(string name)
        {
            var golden = Golden.Load("support_vectors/" + name);
            using var machine = LinearSvm.Fit(golden["input"], golden["label"], golden.Number("penalty"));
            Assert.True(machine.Converged);
            golden.Matches("weights", machine.Weights);
            using var ones = cat([golden["input"], torch.ones(60, 1)], 1);
            using var scores = ones.to(ScalarType.Float64).matmul(golden["weights"].to(ScalarType.Float64).t());
            using var predicted = machine.Predict(golden["input"]);
            Assert.True(scores.argmax(1).Equals(predicted));
            Assert.True((predicted == golden["label"]).sum().ToInt64() > 30);
        }

        [Fact]
        public void Descent_on_the_declared_objective_finds_the_same()
        {
            var golden = Golden.Load("support_vectors/one_against_the_rest");
            using var signs = nn.functional.one_hot(golden["label"], 3);
            using var data = new InMemoryData(golden["input"], signs);
            using var model = new Margins(new Generator(1));

            // The objective is a mean over three outputs, so that the penalty of each is a third.
            using var trainer = new MarginTrainer(model) { WeightDecay = golden.Number("penalty") / 3 };
            trainer.Fit(data);
            golden.Matches("weights", cat([model.Linear0Weight, model.Linear0Bias.unsqueeze(1)], 1), 2e-3);
        }

        [Fact]
        public void What_cannot_be_fitted_says_so()
        {
            Assert.Throws<DataMismatchException>(() => LinearSvm.Fit(randn(4, 2), zeros(4, ScalarType.Int64)));
            Assert.Throws<ArgumentOutOfRangeException>(() => LinearSvm.Fit(randn(4, 2), arange(4).remainder(2), penalty: 0));
            using var machine = LinearSvm.Fit(randn(8, 2), arange(8).remainder(2));
            Assert.Throws<DataMismatchException>(() => machine.Scores(randn(3, 5)));
        }
    }
}

namespace Dsl.Tests.Recipes
{
    [Model(4), Linear(3)]
    public partial class Margins;

    [Trainer<Margins>, Hinge(Squared = true), Adam(0.05, DecayVectors = false, WeightDecay = 0.01), Cosine]
    [Epochs(1500), BatchSize(60)]
    public partial class MarginTrainer;
}
