using Dsl.Runtime;
using Dsl.Tests.Autoencoders;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>What autoencoders do beside their steps: bounds where the likelihood is known, samples, ways between samples, data
/// that are refused.</summary>
public sealed class VariationalAutoencoderTests
{
    private const double Deviation = 0.5;

    /// <summary>By the exact posterior p(x, z)/q(z|x) is p(x) for every z: x = w·z + b + noise has p(x) = N(b, w·wᵀ + σ²), and
    /// p(z|x) = N(w·(x − b)/(w·w + σ²), σ²/(w·w + σ²)) (Tipping and Bishop 1999, equations 12 and 7).</summary>
    [Fact]
    public void Bounds_of_an_exact_posterior_are_the_likelihood()
    {
        using var scope = NewDisposeScope();
        using LinePosterior posterior = new();
        using LineDecoder decoder = new();
        using var trainer = new LineTrainer(posterior, decoder);
        double[] w = [1.5, -0.5], b = [0.3, 1];
        double total = (w[0] * w[0]) + (w[1] * w[1]) + (Deviation * Deviation);
        Set(decoder, [[w[0]], [w[1]]], b);
        Set(posterior, [[w[0] / total, w[1] / total], [0, 0]],
            [-((w[0] * b[0]) + (w[1] * b[1])) / total, Math.Log(Deviation * Deviation / total)]);
        using var data = Samples(Line(40, w, b));
        double expected = Enumerable.Range(0, 40).Average(row => LogDensity(data, row, w, b));

        var many = trainer.EvaluateBound(data, samples: 7);
        Assert.Equal((7, 40L), (many.Draws, many.Count));
        Assert.Equal(expected, many.ImportanceWeighted, 1e-4);
        Assert.Equal(expected, trainer.EvaluateBound(data, samples: 1, seed: 5).ImportanceWeighted, 1e-4);

        // The divergence by its formula stands in the ELBO: it is right in the mean over draws alone.
        Assert.Equal(expected, trainer.EvaluateBound(data, samples: 2000).Elbo, 0.02);
        Assert.Equal(many.Elbo, -(many.Reconstruction + many.Divergence), 12);
        Assert.Equal(many, trainer.EvaluateBound(data, samples: 7));
        Assert.NotEqual(many, trainer.EvaluateBound(data, samples: 7, seed: 1));
    }

    /// <summary>Where the posterior is not exact, more draws come closer to the likelihood from below.</summary>
    [Fact]
    public void More_draws_make_the_bound_tighter()
    {
        using var scope = NewDisposeScope();
        using LinePosterior posterior = new();
        using LineDecoder decoder = new();
        using var trainer = new LineTrainer(posterior, decoder);
        double[] w = [1.5, -0.5], b = [0.3, 1];
        Set(decoder, [[w[0]], [w[1]]], b);
        Set(posterior, [[0.3, 0], [0, 0]], [0.2, 0]);
        using var data = Samples(Line(200, w, b));
        double expected = Enumerable.Range(0, 200).Average(row => LogDensity(data, row, w, b));
        double elbo = trainer.EvaluateBound(data, samples: 500).Elbo,
        five = trainer.EvaluateBound(data, samples: 5).ImportanceWeighted,
        many = trainer.EvaluateBound(data, samples: 500).ImportanceWeighted;
        Assert.True(elbo < five && five < many, $"{elbo}, {five}, {many}");
        Assert.Equal(expected, many, 0.02);
    }

    /// <summary>Trained on a line, the marginal likelihood becomes that of the line: the optimum of the ELBO of a linear
    /// model.</summary>
    [Fact]
    public void A_linear_model_learns_the_likelihood_of_a_line()
    {
        using var scope = NewDisposeScope();
        double[] w = [1.5, -0.5], b = [0.3, 1];
        using var data = Samples(Line(1000, w, b));
        using var trainer = new LineTrainer(new LinePosterior(new Generator(1)), new LineDecoder(new Generator(2)));
        trainer.Fit(data);
        double expected = Enumerable.Range(0, 1000).Average(row => LogDensity(data, row, w, b));
        Assert.Equal(expected, trainer.EvaluateBound(data, samples: 20).Elbo, 0.05);
        using var samples = trainer.Sample(20000);
        Close.To(tensor(b, ScalarType.Float32), samples.mean([0L]), "mean of samples", 0.1);
    }

    /// <summary>Two parallel lines, which one the label says: the optimum of the ELBO of a linear model is log p(x|y), and what
    /// is drawn of a label lies on its line.</summary>
    [Fact]
    public void A_label_tells_on_which_line_samples_lie()
    {
        using var scope = NewDisposeScope();
        double[] w = [1.5, -0.5], b = [0.3, 1], moved = [4.3, -3];
        using InMemoryData first = Samples(Line(500, w, b)), second = Samples(Line(500, w, moved));
        var rows = arange(500);
        var labels = cat([zeros(500, ScalarType.Int64), ones(500, ScalarType.Int64)], 0);
        using InMemoryData data = new(cat([first.ReadInputs(rows), second.ReadInputs(rows)], 0), labels);
        using var trainer = new SideTrainer(new SidePosterior(new Generator(1)), new SideDecoder(new Generator(2)));
        trainer.Fit(data);
        double expected = Enumerable.Range(0, 500)
            .Average(row => (LogDensity(first, row, w, b) + LogDensity(second, row, w, moved)) / 2);
        var bound = trainer.EvaluateBound(data, samples: 20);
        Assert.Equal(expected, bound.Elbo, 0.06);
        Assert.Equal(1000, bound.Count);
        Assert.Equal(expected, bound.ImportanceWeighted, 0.06);
        using var samples = trainer.Sample(labels.repeat(10), seed: 2);
        foreach (int label in (int[])[0, 1])
        {
            using var own = samples[labels.repeat(10).eq(label)];
            Close.To(tensor(label == 0 ? b : moved, ScalarType.Float32), own.mean([0L]), $"mean of samples of {label}", 0.1);
        }
    }

    /// <summary>z₁ = 0.8·z₂ + 0.6·noise is N(0, 1), so that log p(x) is that of one level; with the exact posteriors
    /// p(x, z₁, z₂)/q(z₁, z₂|x) is p(x) for all draws.</summary>
    [Fact]
    public void Bounds_of_exact_posteriors_of_two_levels_are_the_likelihood()
    {
        using var scope = NewDisposeScope();
        double[] w = [1.5, -0.5], b = [0.3, 1];
        double total = (w[0] * w[0]) + (w[1] * w[1]) + (Deviation * Deviation);
        using LinePosterior posterior = new();
        using UpperPosterior upper = new();
        using UpperPrior prior = new();
        using LineDecoder decoder = new();
        using var trainer = new LevelsTrainer(posterior, upper, prior, decoder);
        Set(decoder, [[w[0]], [w[1]]], b);
        Set(posterior, [[w[0] / total, w[1] / total], [0, 0]],
            [-((w[0] * b[0]) + (w[1] * b[1])) / total, Math.Log(Deviation * Deviation / total)]);
        Set(prior, [[0.8], [0]], [0, Math.Log(0.36)]);
        Set(upper, [[0.8], [0]], [0, Math.Log(0.36)]);
        using var data = Samples(Line(40, w, b));
        double expected = Enumerable.Range(0, 40).Average(row => LogDensity(data, row, w, b));
        var bound = trainer.EvaluateBound(data, samples: 3);
        Assert.Equal(expected, bound.ImportanceWeighted, 1e-4);
        Assert.Equal(expected, trainer.EvaluateBound(data, samples: 2000).Elbo, 0.03);
        Assert.Equal(2, bound.Divergences.Count);
        Assert.Equal(bound.Elbo, -(bound.Reconstruction + bound.Divergences.Sum()), 10);
        Assert.Equal(bound.ImportanceWeighted, trainer.EvaluateBound(data, samples: 3).ImportanceWeighted, 12);

        // What is drawn is the line: mean b, variances w² + σ² of the numbers when the noise of the decoder is added.
        using var samples = trainer.Sample(20000, seed: 4);
        Close.To(tensor(b, ScalarType.Float32), samples.mean([0L]), "mean of samples", 0.05);
        Close.To(tensor([Math.Abs(w[0]), Math.Abs(w[1])], ScalarType.Float32), samples.std(0), "deviation of samples", 0.05);
        var images = Line(3, w, b);
        Close.To(decoder.forward(trainer.Encode(images)).detach(), trainer.Reconstruct(images), "restored");
    }

    [Fact]
    public void Two_levels_learn_the_likelihood_of_a_line()
    {
        using var scope = NewDisposeScope();
        double[] w = [1.5, -0.5], b = [0.3, 1];
        using var data = Samples(Line(1000, w, b));
        using var trainer = new LevelsTrainer(new LinePosterior(new Generator(1)), new UpperPosterior(new Generator(2)),
            new UpperPrior(new Generator(3)), new LineDecoder(new Generator(4)));
        trainer.Fit(data);
        double expected = Enumerable.Range(0, 1000).Average(row => LogDensity(data, row, w, b));
        Assert.Equal(expected, trainer.EvaluateBound(data, samples: 20).Elbo, 0.1);
    }

    [Fact]
    public void Labels_go_to_both_networks()
    {
        using var scope = NewDisposeScope();
        using ConditionalPosterior model = new();
        using ConditionalDecoder decoder = new();
        using var trainer = new ConditionalVae(model, decoder);
        Tensor images = rand(3, 1, 8, 8), labels = tensor([0L, 2, 1]);
        var (means, restored) = (trainer.Encode(images, labels), trainer.Reconstruct(images, labels));
        var ways = trainer.Interpolate(images, images.flip(0), labels, 3);
        var (drawn, again) = (trainer.Sample(labels, seed: 3), trainer.Sample(labels, seed: 3));
        Close.To(drawn, again, "the same seed", 0);
        Close.To(trainer.Sample(tensor([0L, 2, 2]), seed: 3)[1], drawn[1], "the same label", 0);
        Assert.True((trainer.Sample(tensor([1L, 2, 1]), seed: 3) - drawn)[0].abs().max().ToDouble() > 1e-4);
        model.eval();
        decoder.eval();
        Close.To(model.forward(images, labels).narrow(1, 0, 6).detach(), means, "means");
        Close.To(decoder.forward(means, labels).sigmoid().detach(), restored, "restored");
        Assert.Equal([9, 1, 8, 8], ways.shape);
        Close.To(restored[1], ways[3], "where the second way begins");
        var middle = (means + trainer.Encode(images.flip(0), labels)) / 2;
        Close.To(decoder.forward(middle, labels).sigmoid()[2].detach(), ways[7], "the middle of the third");
        Assert.Throws<DataMismatchException>(() => trainer.Sample(tensor([3L])));
        Assert.Throws<DataMismatchException>(() => trainer.Sample(tensor([-100L])));
        Assert.Throws<DataMismatchException>(() => trainer.Encode(images, tensor([0L, 1])));
        var before = trainer.Model.Arena.Values.clone();
        Assert.Throws<DataMismatchException>(() => trainer.Step(new(images, tensor([0L, -100, 1]))));
        Close.To(before, trainer.Model.Arena.Values, "parameters", 0);
        using InMemoryData data = new(images, labels), unlabelled = new(images, tensor([0L, -100, 1]));
        Assert.Equal(3, trainer.EvaluateBound(data, samples: 2).Count);
        Assert.Throws<DataMismatchException>(() => trainer.EvaluateBound(unlabelled));
    }

    [Fact]
    public void Samples_are_probabilities_and_a_function_of_the_seed()
    {
        using PosteriorCnn model = new();
        using DecoderNormalized decoder = new();
        using var trainer = new VaeCnn(model, decoder);
        using Tensor first = trainer.Sample(5, seed: 3), again = trainer.Sample(5, seed: 3), other = trainer.Sample(5, seed: 4);
        Assert.Equal([5, 1, 8, 8], first.shape);
        Close.To(first, again, "the same seed", 0);
        Assert.True((first - other).abs().max().ToDouble() > 1e-3);
        Assert.True(first.min().ToDouble() > 0 && first.max().ToDouble() < 1);
        Assert.True(model.training && decoder.training);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Sample(0));
    }

    [Fact]
    public void Reconstructions_are_decoded_means()
    {
        using var scope = NewDisposeScope();
        using PosteriorCnn model = new();
        using DecoderNormalized decoder = new();
        using var trainer = new VaeCnn(model, decoder);
        var images = rand(3, 1, 8, 8);
        var (means, restored) = (trainer.Encode(images), trainer.Reconstruct(images));
        Assert.False(restored.requires_grad);
        var ways = trainer.Interpolate(images.narrow(0, 0, 2), images.narrow(0, 1, 2), 4);
        model.eval();
        decoder.eval();
        Close.To(model.forward(images).narrow(1, 0, 6).detach(), means, "means");
        Close.To(decoder.forward(means).sigmoid().detach(), restored, "restored");
        Assert.Equal([8, 1, 8, 8], ways.shape);
        Close.To(restored[0], ways[0], "where the first way begins");
        Close.To(restored[1], ways[3], "where it ends");
        Close.To(restored[2], ways[7], "where the second ends");
        Close.To(decoder.forward((means.narrow(0, 0, 1) * 2 / 3) + (means.narrow(0, 1, 1) / 3)).sigmoid()[0].detach(), ways[1],
            "a third of the first");
        Assert.Throws<ArgumentException>(() => trainer.Interpolate(images, images.narrow(0, 0, 2), 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Interpolate(images, images, 1));
        Assert.Throws<DataMismatchException>(() => trainer.Interpolate(images, images.narrow(2, 0, 4), 3));
    }

    [Fact]
    public void A_plain_autoencoder_restores_and_interpolates()
    {
        using var scope = NewDisposeScope();
        using Mlp model = new();
        using Decoder decoder = new();
        using var trainer = new PlainMlp(model, decoder);
        var images = randn(2, 1, 8, 8);
        Close.To(decoder.forward(model.forward(images)).detach(), trainer.Reconstruct(images), "restored");
        var way = trainer.Interpolate(images.narrow(0, 0, 1), images.narrow(0, 1, 1), 2);
        Close.To(trainer.Reconstruct(images), way, "both ends");
    }

    [Fact]
    public void Bytes_are_no_probabilities()
    {
        using var scope = NewDisposeScope();
        using var trainer = new VaeMlp(new PosteriorMlp(), new Decoder());
        var before = trainer.Model.Arena.Values.clone();
        var refused = Assert.Throws<DataMismatchException>(() => trainer.Step(new(rand(2, 1, 8, 8) * 255)));
        Assert.Contains("takes those of [0, 1]: scale them, bytes of pixels by 255", refused.Message);
        Close.To(before, trainer.Model.Arena.Values, "parameters", 0);
        Assert.Equal(0, trainer.StepCount);
        using var data = Samples(rand(3, 1, 8, 8) - 0.1);
        Assert.Throws<DataMismatchException>(() => trainer.EvaluateBound(data));
        Assert.Throws<DataMismatchException>(() => trainer.Fit(data));
        using var real = new BetaMlp(new PosteriorMlp(), new Decoder());
        real.Step(new(randn(2, 1, 8, 8)));
    }

    [Fact]
    public void Codes_are_what_a_reconstruction_is_made_of()
    {
        using var scope = NewDisposeScope();
        using var trainer = new QuantizedCnn(new Places(), new PlacesDecoder());
        var images = randn(3, 1, 8, 8);
        trainer.Step(new(images));
        var codes = trainer.Encode(images);
        Assert.Equal([3, 4, 4], codes.shape);
        Assert.Equal(ScalarType.Int64, codes.dtype);
        Assert.True(codes.min().ToInt64() >= 0 && codes.max().ToInt64() < 6);
        var restored = trainer.Reconstruct(images);
        Assert.Equal([3, 1, 8, 8], restored.shape);
        Close.To(trainer.Decode(codes), restored, "decoded");
        var losses = trainer.Step(new(images));
        Assert.InRange(losses.Perplexity.ToSingle(), 1, 6);
    }

    private static InMemoryData Samples(Tensor inputs) => new(inputs, zeros(inputs.size(0), ScalarType.Int64));

    private static void Set(nn.Module network, double[][] weight, double[] bias)
    {
        using var noGrad = no_grad();
        var state = network.state_dict();
        int columns = weight[0].Length;
        state.Single(entry => entry.Value.dim() == 2).Value.copy_(
            tensor([.. weight.SelectMany(row => row)], [weight.Length, columns], ScalarType.Float32));
        state.Single(entry => entry.Value.dim() == 1).Value.copy_(tensor(bias, ScalarType.Float32));
    }

    private static Tensor Line(int count, double[] w, double[] b)
    {
        using var generator = new Generator(3);
        Tensor z = randn([count, 1], generator: generator), noise = randn([count, 2], generator: generator);
        return (z * tensor(w, ScalarType.Float32)) + tensor(b, ScalarType.Float32) + (noise * Deviation);
    }

    private static double LogDensity(InMemoryData data, int row, double[] w, double[] b)
    {
        using var x = data.ReadInputs(tensor([(long)row]));
        double first = x[0, 0].ToDouble() - b[0], second = x[0, 1].ToDouble() - b[1], noise = Deviation * Deviation;
        double a = (w[0] * w[0]) + noise, c = w[0] * w[1], d = (w[1] * w[1]) + noise, determinant = (a * d) - (c * c);
        double square = ((d * first * first) - (2 * c * first * second) + (a * second * second)) / determinant;
        return -(square / 2) - (Math.Log(determinant) / 2) - Math.Log(2 * Math.PI);
    }
}
