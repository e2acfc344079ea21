using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Labels;

/// <summary>Runs and evaluations with labels of every kind.</summary>
public class LabelTests
{
    [Fact]
    public void A_line_is_found_and_evaluated_as_a_regression()
    {
        using var data = Data(x => (x.select(1, 0) * 2) - x.select(1, 1) + 3);
        using var first = new LineExplicit(Seeded(generator => new Line(generator)));
        using var second = new LineAutograd(Seeded(generator => new Line(generator)));
        first.Fit(data, data);
        second.Fit(data, data);
        var evaluation = first.Evaluate(data);
        Assert.True(evaluation.Determination > 0.99, $"R² is {evaluation.Determination}");
        Assert.Equal(256, evaluation.Count);
        Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "parameters after a run", 1e-4);

        var errors = (first.Model.forward(data.Inputs) - data.Labels.unsqueeze(1)).to(ScalarType.Float64);
        Assert.Equal(errors.square().mean().ToDouble(), evaluation.MeanSquaredError, 2e-6);
        Assert.Equal(errors.square().mean().sqrt().ToDouble(), evaluation.RootMeanSquaredError, 2e-6);
        Assert.Equal(errors.abs().mean().ToDouble(), evaluation.MeanAbsoluteError, 2e-6);
        Assert.Equal(1 - (errors.square().mean().ToDouble() / data.Labels.to(ScalarType.Float64).var(unbiased: false)
            .ToDouble()), evaluation.Determination, 6);
    }

    [Fact]
    public void Yes_or_no_is_learnt_from_integers_too()
    {
        using var data = Data(x => x.select(1, 0).gt(0.3).to(ScalarType.Int64));
        using var trainer = new HalfSpace(Seeded(generator => new Line(generator)));
        trainer.Fit(data, data);
        var evaluation = trainer.Evaluate(data);
        Assert.True(evaluation.Accuracy > 0.95, $"accuracy is {evaluation.Accuracy}");

        var says = trainer.Model.forward(data.Inputs).select(1, 0).gt(0);
        var holds = data.Labels.eq(1);
        double both = says.logical_and(holds).sum().ToDouble();
        Assert.Equal(both / says.sum().ToDouble(), evaluation.Precision, 9);
        Assert.Equal(both / holds.sum().ToDouble(), evaluation.Recall, 9);
        Assert.Equal(2 * both / (says.sum().ToDouble() + holds.sum().ToDouble()), evaluation.F1, 9);
    }

    [Fact]
    public void Several_labels_of_a_sample_are_predictions_of_their_own()
    {
        using var data = Data(x => x.matmul(Mixing()).gt(0).to(ScalarType.Int64));
        using var trainer = new Tags(Seeded(generator => new Four(generator)));
        trainer.Fit(data);
        var evaluation = trainer.Evaluate(data);
        Assert.Equal(1024, evaluation.Count);
        Assert.True(evaluation.Accuracy > 0.95, $"accuracy is {evaluation.Accuracy}");
        Assert.Equal(nn.functional.binary_cross_entropy_with_logits(
            trainer.Model.forward(data.Inputs), data.Labels.to(ScalarType.Float32)).ToDouble(), evaluation.Loss, 5);
    }

    [Fact]
    public void A_distribution_is_imitated()
    {
        using var data = Data(x => nn.functional.softmax(x.matmul(Mixing()) * 3, 1));
        using var trainer = new Imitation(Seeded(generator => new Four(generator)));
        double before = trainer.Evaluate(data).Loss;
        trainer.Fit(data);
        var evaluation = trainer.Evaluate(data);
        Assert.Equal(256, evaluation.Count);
        Assert.True(evaluation.Loss < before / 20 && evaluation.Accuracy > 0.9,
            $"{before} became {evaluation.Loss}, agreement {evaluation.Accuracy}");
    }

    [Theory]
    [InlineData(8, 1, 8, 1, true)]
    [InlineData(8, 1, 8, 0, true)]
    [InlineData(8, 4, 8, 0, false)]
    [InlineData(8, 4, 8, 1, false)]
    [InlineData(8, 1, 7, 0, false)]
    public void Targets_of_another_shape_are_refused(long samples, long outputs, long labels, long columns, bool fits)
    {
        var prediction = randn(samples, outputs);
        var targets = columns == 0 ? arange(labels) : arange(labels).reshape(labels, columns);
        if (!fits)
        {
            Assert.Contains($"[{samples}, {outputs}]", Assert.Throws<InvalidOperationException>(
                () => Targets.Like(targets, prediction)).Message, StringComparison.Ordinal);
            return;
        }

        using var like = Targets.Like(targets, prediction);
        Assert.Equal(ScalarType.Float32, like.dtype);
        Assert.Equal(prediction.shape, like.shape);
    }

    [Fact]
    public void Counted_frequencies_are_those_of_the_labels()
    {
        using var data = new InMemoryData(randn(10, 3), from_array(new long[] { 0, 0, 0, 0, 1, 1, 1, 2, 2, 3 }));
        using var counted = new Counted(Seeded(generator => new Four(generator)));
        using var given = new Given(Seeded(generator => new Four(generator)));
        var batch = () => new Counted.Batch(data.Inputs.alias(), data.Labels.alias());
        Assert.Throws<InvalidOperationException>(() => counted.Step(batch()));
        counted.CountClasses(data);
        var actual = counted.Step(batch()).Total.clone();
        var expected = given.Step(new(data.Inputs.alias(), data.Labels.alias())).Total;
        Close.To(expected, actual, "loss");
        Close.To(given.Model.Arena.Values, counted.Model.Arena.Values, "parameters after a step");

        using var fitted = new Counted(Seeded(generator => new Four(generator)));
        fitted.Fit(data);
        Assert.Equal(1, fitted.StepCount);
    }

    [Fact]
    public void A_class_that_the_model_lacks_is_not_counted()
    {
        using var data = new InMemoryData(randn(2, 3), from_array(new long[] { 0, 4 }));
        using var trainer = new Counted(Seeded(generator => new Four(generator)));
        Assert.Contains(
            "4", Assert.Throws<InvalidOperationException>(() => trainer.CountClasses(data)).Message, StringComparison.Ordinal);
        using var none = new InMemoryData(randn(2, 3), from_array(new long[] { -100, -100 }));
        Assert.Throws<InvalidOperationException>(() => trainer.CountClasses(none));
    }

    [Fact]
    public void Labels_of_tokens_are_redrawn_one_by_one_and_never_where_there_is_none()
    {
        manual_seed(2);
        var (input, labels) = (randn(5, 6, 3), randint(0, 4, new long[] { 5, 6 }, ScalarType.Int64));
        labels[1, 2] = -100;
        using var first = new DisturbedTokensExplicit(Seeded(generator => new Sequence(generator))) { DisturbLabelAlpha = 0.5 };
        using var second = new DisturbedTokensAutograd(Seeded(generator => new Sequence(generator))) { DisturbLabelAlpha = 0.5 };
        using var draws = first.SampleDraws(new(input, labels));
        Assert.Equal([5L, 6], draws.DisturbLabelClass.shape);
        var total = first.ComputeGradients(new(input, labels), draws).Total;
        second.ComputeGradients(new(input, labels), new(draws.DisturbLabelChance, draws.DisturbLabelClass));
        var redrawn = where(
            draws.DisturbLabelChance.lt(0.5 * (1 << 24)).logical_and(labels.ne(-100)), draws.DisturbLabelClass, labels);
        Close.To(nn.functional.cross_entropy(first.Model.forward(input).reshape(30, 4), redrawn.reshape(30)), total, "loss");
        Close.To(second.Model.Arena.Gradients, first.Model.Arena.Gradients, "gradients");
    }

    [Fact]
    public void A_distribution_for_each_token()
    {
        manual_seed(2);
        var (input, targets) = (randn(5, 6, 3), nn.functional.softmax(randn(5, 6, 4), 2));
        using var trainer = new TokenDistributions(Seeded(generator => new Sequence(generator)));
        var total = trainer.ComputeGradients(new(input, targets), new()).Total.ToDouble();
        var logProbabilities = nn.functional.log_softmax(trainer.Model.forward(input), 2);
        Assert.Equal((targets * (targets.log() - logProbabilities)).sum(2).mean().ToDouble(), total, 1e-5);
        using var data = new InMemoryData(input, targets);
        Assert.Equal(30, trainer.Evaluate(data).Count);
        Assert.Equal(total, trainer.Evaluate(data).Loss, 1e-5);
    }

    private static Tensor Mixing() => tensor(new float[,] { { 1, -1, 0.5f, -2 }, { -1, 2, 1, 0.5f }, { 0.3f, 1, -2, 1 } });

    private static InMemoryData Data(Func<Tensor, Tensor> labels)
    {
        manual_seed(7);
        var inputs = randn(256, 3);
        return new InMemoryData(inputs, labels(inputs));
    }

    private static T Seeded<T>(Func<Generator, T> create)
    {
        using var generator = new Generator(7);
        return create(generator);
    }
}
