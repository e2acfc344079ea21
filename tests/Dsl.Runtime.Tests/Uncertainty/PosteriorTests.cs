using Dsl.Runtime.Tests.Embedding;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Uncertainty;

/// <summary>Distributions of weights and sets of classes against tests/goldens/posteriors.py, what they promise, and what does
/// not fit.</summary>
public class PosteriorTests
{
    private const long Seed = 3;

    [Fact]
    public void The_last_layers_distribution_is_that_of_the_golden()
    {
        using var scope = NewDisposeScope();
        var golden = new EmbeddingGolden("laplace", "posteriors");
        using var network = Layer(golden["weight"], golden["bias"]);
        using var data = new InMemoryData(golden["features"], golden["labels"]);
        using var laplace = LastLayerLaplace.Fit(
            network, input => input, data, golden.Setting("precision"), draws: 5, seed: Seed);
        var (mean, covariance) = laplace.Logits(golden["test"]);
        golden.Matches("mean", mean);
        golden.Matches("covariance", covariance, 1e-8);
        golden.Matches("probit", laplace.forward(golden["test"]), 1e-8);
        golden.Matches("draws", laplace.Sample(golden["test"]), 1e-8);
        golden.Matches("likelihood", [laplace.LogMarginalLikelihood]);
        using var best = LastLayerLaplace.Fit(network, input => input, data);
        golden.Matches("best", [best.PriorPrecision, best.LogMarginalLikelihood]);
    }

    [Fact]
    public void Far_from_the_samples_nothing_is_sure()
    {
        using var scope = NewDisposeScope();
        var golden = new EmbeddingGolden("laplace", "posteriors");
        using var network = Layer(golden["weight"], golden["bias"]);
        using var data = new InMemoryData(golden["features"], golden["labels"]);
        using var laplace = LastLayerLaplace.Fit(network, input => input, data, 1);
        Tensor far = golden["test"].mul(tensor(1e4));
        double plain = network.forward(far).softmax(1).amax([1]).min().item<double>();
        double unsure = laplace.forward(far).softmax(1).amax([1]).max().item<double>();
        Assert.True(plain > 1 - 1e-12 && unsure < 1 - 1e-9, $"{plain} and {unsure}");

        // z/√v does not depend on the distance any more: √(8/π) times what it is in every direction.
        Tensor farther = laplace.forward(golden["test"].mul(tensor(1e6)));
        Assert.True(farther.sub(laplace.forward(far)).abs().max().item<double>() < 1e-2);
    }

    [Fact]
    public void A_last_layer_that_does_not_fit_is_refused()
    {
        using var scope = NewDisposeScope();
        var golden = new EmbeddingGolden("laplace", "posteriors");
        using var data = new InMemoryData(golden["features"], golden["labels"]);
        using var network = nn.Sequential(nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 4)).to(ScalarType.Float64);
        Assert.Contains("other logits", Assert.Throws<InvalidOperationException>(
            () => LastLayerLaplace.Fit(network, input => input, data)).Message, StringComparison.Ordinal);
        Assert.Contains("no linear layer of 2 features", Assert.Throws<InvalidOperationException>(
            () => LastLayerLaplace.Fit(network, input => input.narrow(1, 0, 2), data)).Message, StringComparison.Ordinal);
        using var layer = Layer(golden["weight"], golden["bias"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => LastLayerLaplace.Fit(layer, input => input, data, 0));
    }

    [Fact]
    public void Draws_of_weights_are_those_of_the_golden()
    {
        using var scope = NewDisposeScope();
        var golden = new EmbeddingGolden("swag", "posteriors");
        using var network = nn.Linear(2, 3).to(ScalarType.Float64);
        foreach (int rank in new[] { 4, 0 })
        {
            using var swag = new Swag<Linear>(network, rank: rank);
            Assert.Throws<InvalidOperationException>(() => swag.Sample(1, Create));
            for (int time = 0; time < 7; time++)
            {
                Write(network, golden["weights"][time]);
                swag.Collect();
            }

            using var ensemble = swag.Sample(3, Create, Seed);
            golden.Matches(rank == 0 ? "plain" : "draws", stack([.. ensemble.Members.Select(Read)]));
            using var mean = swag.Mean(Create);
            golden.Matches("mean", Read(mean));
        }

        static Linear Create() => nn.Linear(2, 3).to(ScalarType.Float64);
    }

    [Fact]
    public void Draws_of_weights_spread_as_the_weights_did()
    {
        // Of a diagonal and of directions of equal spread a draw has both halves: the variance of the whole.
        using var scope = NewDisposeScope();
        using var network = nn.Linear(2, 3).to(ScalarType.Float64);
        using var generator = new Generator(1);
        using var swag = new Swag<Linear>(network, rank: 40);
        for (int time = 0; time < 400; time++)
        {
            Write(network, randn(9, ScalarType.Float64, generator: generator).mul(tensor(0.3)).add(tensor(2.0)));
            swag.Collect();
        }

        using var ensemble = swag.Sample(300, () => nn.Linear(2, 3).to(ScalarType.Float64), 1);
        Tensor drawn = stack([.. ensemble.Members.Select(Read)]);
        Assert.InRange(drawn.mean().item<double>(), 1.95, 2.05);
        Assert.InRange(drawn.std(0).mean().item<double>(), 0.27, 0.33);
    }

    [Fact]
    public void Running_statistics_have_no_draw()
    {
        using var network = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3));
        Assert.Contains("running_mean", Assert.Throws<ArgumentException>(
            () => new Swag<Sequential>(network)).Message, StringComparison.Ordinal);
        using var plain = nn.Linear(2, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Swag<Linear>(plain, rank: 1));
    }

    [Theory]
    [InlineData(ConformalScore.Threshold, "threshold")]
    [InlineData(ConformalScore.AdaptiveWhole, "whole")]
    [InlineData(ConformalScore.Adaptive, "adaptive")]
    public void Sets_are_those_of_the_golden(ConformalScore score, string rule)
    {
        using var scope = NewDisposeScope();
        var golden = new EmbeddingGolden("conformal", "posteriors");
        using var calibration = new LabelledLogits(golden["logits"], golden["labels"]);
        double[] errors = [0.1, 0.25], limits = golden.Numbers(rule + ".limits");
        for (int i = 0; i < 2; i++)
        {
            var classifier = ConformalClassifier.Fit(calibration, errors[i], score, Seed);
            Assert.Equal(limits[i], classifier.Threshold, 9);
            Assert.Equal(golden[rule + ".sets"][i], classifier.Sets(golden["test"]).to(ScalarType.Int64));
        }
    }

    /// <summary>Labels drawn of probabilities that the classifier is wrong about: the promise holds whatever it says.</summary>
    [Theory]
    [InlineData(ConformalScore.Threshold)]
    [InlineData(ConformalScore.AdaptiveWhole)]
    [InlineData(ConformalScore.Adaptive)]
    public void Sets_hold_the_right_class_as_often_as_promised(ConformalScore score)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        Tensor truth = randn([6000, 5], ScalarType.Float64, generator: generator).mul(tensor(1.5));
        Tensor labels = truth.softmax(1).multinomial(1, generator: generator).flatten();
        Tensor said = truth.mul(tensor(3.0)).add(tensor(new[] { 1.0, 0, 0, 0, -1 }));
        using var calibration = new LabelledLogits(said.narrow(0, 0, 2000), labels.narrow(0, 0, 2000));
        using var test = new LabelledLogits(said.narrow(0, 2000, 4000), labels.narrow(0, 2000, 4000));
        foreach (double error in new[] { 0.05, 0.2 })
        {
            var report = ConformalClassifier.Fit(calibration, error, score, Seed).Evaluate(test);

            // More than two standard deviations of both samples.
            Assert.InRange(report.Coverage, 1 - error - 0.03, 1 - error + 0.03);
            Assert.True(report.MeanSize > 1 - error && report.MeanSize < 5, report.ToString());
            Assert.True(report.WorstCoverage <= report.Coverage, report.ToString());
        }
    }

    [Fact]
    public void Intervals_are_as_wide_as_the_goldens_and_hold_as_promised()
    {
        using var scope = NewDisposeScope();
        var golden = new EmbeddingGolden("conformal", "posteriors");
        var plain = ConformalRegressor.Fit(golden["means"], golden["targets"]);
        golden.Matches("width", [plain.Width]);
        var relative = ConformalRegressor.Fit(golden["means"], golden["targets"], golden["deviations"]);
        golden.Matches("relative_width", [relative.Width]);
        Tensor ends = relative.Intervals(golden["means"], golden["deviations"]);
        Assert.Equal(2 * relative.Width * golden["deviations"][3].item<double>(), (ends[3, 1] - ends[3, 0]).item<double>(), 9);
        Assert.Throws<DataMismatchException>(() => relative.Intervals(golden["means"]));
        Assert.Throws<DataMismatchException>(() => plain.Intervals(golden["means"], golden["deviations"]));
        Assert.Throws<DataMismatchException>(() => ConformalRegressor.Fit(golden["means"], golden["labels"]));

        using var generator = new Generator(2);
        Tensor targets = randn(5000, ScalarType.Float64, generator: generator), means = zeros_like(targets);
        var fitted = ConformalRegressor.Fit(means.narrow(0, 0, 2000), targets.narrow(0, 0, 2000), error: 0.2);
        Tensor intervals = fitted.Intervals(means.narrow(0, 2000, 3000)), held = targets.narrow(0, 2000, 3000);
        double coverage = held.ge(intervals.select(1, 0)).logical_and(held.le(intervals.select(1, 1)))
            .to(ScalarType.Float64).mean().item<double>();
        Assert.InRange(coverage, 0.775, 0.825);
    }

    [Fact]
    public void Too_few_samples_promise_nothing()
    {
        using var logits = randn([8, 3]);
        using var labels = zeros(8, ScalarType.Int64);
        using var few = new LabelledLogits(logits, labels);
        Assert.Contains("Calibrate on 9", Assert.Throws<DataMismatchException>(
            () => ConformalClassifier.Fit(few, 0.1)).Message, StringComparison.Ordinal);
        var classifier = ConformalClassifier.Fit(few, 0.2);
        using var other = randn([8, 4]);
        Assert.Throws<DataMismatchException>(() => classifier.Sets(other));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConformalClassifier.Fit(few, 1));
    }

    private static Linear Layer(Tensor weight, Tensor bias)
    {
        using var noGrad = no_grad();
        var layer = nn.Linear(weight.size(1), weight.size(0)).to(ScalarType.Float64);
        layer.weight.copy_(weight);
        layer.bias!.copy_(bias);
        return layer;
    }

    // By name, as they are kept: the bias, then the weight.
    private static void Write(Linear layer, Tensor values)
    {
        using var noGrad = no_grad();
        layer.bias!.copy_(values.narrow(0, 0, 3));
        layer.weight.copy_(values.narrow(0, 3, 6).view(3, 2));
    }

    private static Tensor Read(Linear layer) => cat([layer.bias!.detach(), layer.weight.detach().flatten()]);
}
