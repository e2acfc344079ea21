using Dsl.Runtime;
using Dsl.Tests.Accuracies;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>The accuracy of the predictions that a network makes in training: of each step, with mixed labels by their shares,
/// and over an epoch.</summary>
public class TrainingAccuracyTests
{
    private static readonly long[] Predicted = [0, 1, 2, 3, 0, 1, 2, 3];
    private static readonly long[] Labels = [0, 1, 2, 0, 1, 2, 2, 3];
    private static readonly long[] Partners = [1, 2, 3, 4, 5, 6, 7, 0];

    [Fact]
    public void A_step_counts_what_is_predicted_before_its_update()
    {
        using var first = new Counted(Model());
        Assert.Equal(5 / 8.0, first.Step(new(eye(8), tensor(Labels))).Accuracy.ToDouble(), 2e-6);
        using var second = new CountedAutograd(Model());
        Assert.Equal(5 / 8.0, second.Step(new(eye(8), tensor(Labels))).Accuracy.ToDouble(), 2e-6);
        Assert.False(second.ComputeGradients(new(eye(8), tensor(Labels)), new()).Accuracy.requires_grad);
    }

    [Fact]
    public void What_has_no_label_does_not_count()
    {
        using var trainer = new Counted(Model());
        using var labels = tensor(new long[] { 0, -100, -100, 0, 1, 2, 2, 3 });
        Assert.Equal(3 / 6.0, trainer.ComputeGradients(new(eye(8), labels), new()).Accuracy.ToDouble(), 2e-6);
    }

    [Theory]
    [InlineData(0.75f)]
    [InlineData(0.6f)]
    [InlineData(1f)]
    [InlineData(0.25f)]
    [InlineData(0f)]
    public void Mixed_labels_count_by_their_shares(float share)
    {
        // More than half of a sample decides the prediction.
        var seen = Enumerable.Range(0, 8).Select(n => share > 0.5 ? Predicted[n] : Predicted[Partners[n]]).ToArray();
        double own = Enumerable.Range(0, 8).Count(n => seen[n] == Labels[n]) / 8.0,
        others = Enumerable.Range(0, 8).Count(n => seen[n] == Labels[Partners[n]]) / 8.0;
        double expected = (share * own) + ((1 - share) * others);
        Assert.NotEqual(own, others);
        using var first = new CountedMixup(Model());
        Assert.Equal(expected,
            first.ComputeGradients(new(eye(8), tensor(Labels)), new(tensor(share), tensor(Partners))).Accuracy.ToDouble(), 6);
        using var second = new CountedMixupAutograd(Model());
        Assert.Equal(expected,
            second.ComputeGradients(new(eye(8), tensor(Labels)), new(tensor(share), tensor(Partners))).Accuracy.ToDouble(), 6);
    }

    [Fact]
    public void Of_a_sample_alone_it_is_plain_accuracy()
    {
        using var mixed = new CountedMixup(Model());
        using var plain = new Counted(Model());
        using var data = new InMemoryData(eye(8), tensor(Labels));
        double expected = plain.ComputeGradients(new(eye(8), tensor(Labels)), new()).Accuracy.ToDouble();
        Assert.Equal(expected,
            mixed.ComputeGradients(new(eye(8), tensor(Labels)), new(tensor(1f), tensor(Partners))).Accuracy.ToDouble());
        Assert.Equal(expected, mixed.Evaluate(data).Accuracy, 2e-6);
    }

    [Fact]
    public void A_box_of_another_image_counts_by_its_share()
    {
        using var generator = new Generator(3);
        var (x, y, partners) = (
            rand([4, 1, 4, 4], generator: generator), tensor(new long[] { 0, 1, 2, 0 }), tensor(new long[] { 1, 2, 3, 0 }));
        using var trainer = new CountedCutMix(new Accuracies.Pixels(generator));
        double actual = trainer.ComputeGradients(new(x, y), new(tensor(0.4f), partners, tensor(0L), tensor(2L)))
            .Accuracy.ToDouble();

        // λ₀ = 0.4: a box of ⌊4√0.6⌋ = 3 rows and columns, one to each side of the centre (0, 2), of which the first row lies
        // outside.
        using var mixed = x.clone();
        mixed.narrow(2, 0, 1).narrow(3, 1, 2).copy_(x.index_select(0, partners).narrow(2, 0, 1).narrow(3, 1, 2));
        Assert.Equal(Expected(trainer.Model.forward(mixed), y, partners, 14 / 16.0), actual, 2e-6);
    }

    [Fact]
    public void Hidden_values_that_are_mixed_count_by_the_share_for_the_first_objective()
    {
        using var generator = new Generator(3);
        var (x, y) = (randn([16, 6], generator: generator), randint(0, 3, [16], ScalarType.Int64, generator: generator));
        var (partners, share) = (randperm(16, ScalarType.Int64, generator: generator), tensor(0.7f));
        using var trainer = new CountedManifold(new Heads(generator));
        double actual = trainer.ComputeGradients(new(x, y), new(share, partners)).Accuracy.ToDouble();
        using var noGrad = no_grad();
        var main = trainer.Model.ForwardFeatures(x, new Heads.Mixing(partners, Hidden: share)).Main;
        Assert.Equal(Expected(main, y, partners, 0.7), actual, 2e-6);
    }

    [Fact]
    public void Labels_count_and_not_what_they_are_disturbed_to()
    {
        using var trainer = new CountedDisturbed(Model());
        var draws = new CountedDisturbed.Draws(zeros([8, 1], ScalarType.Int64), zeros([8, 1], ScalarType.Int64));
        Assert.Equal(5 / 8.0, trainer.ComputeGradients(new(eye(8), tensor(Labels)), draws).Accuracy.ToDouble(), 2e-6);
    }

    [Fact]
    public void Every_position_with_a_label_counts()
    {
        using var generator = new Generator(3);
        var (x, y) = (randn([4, 5, 6], generator: generator), randint(0, 4, [4, 5], ScalarType.Int64, generator: generator));
        y[1, 2] = -100;
        using var trainer = new CountedTokens(new Tokens(generator));
        using var data = new InMemoryData(x, y);
        Assert.Equal(trainer.Evaluate(data).Accuracy, trainer.ComputeGradients(new(x, y), new()).Accuracy.ToDouble(), 2e-6);
    }

    [Fact]
    public void A_run_reports_the_mean_over_the_samples_of_each_epoch()
    {
        using var data = Data();
        var watcher = new Watcher();
        using var trainer = new Watching(Model());
        double expected = trainer.Evaluate(data).Accuracy;
        Assert.InRange(expected, 0.1, 0.9);
        var report = trainer.Fit(data, watcher);
        Assert.Equal(3, report.TrainingAccuracy.Count);
        Assert.All(report.TrainingAccuracy, accuracy => Assert.Equal(expected, accuracy, 6));
        Assert.Equal(15, watcher.Accuracies.Count);
        Assert.Equal(expected, watcher.Accuracies[4], 2e-6);
        Assert.Equal(expected, watcher.Accuracies[14], 2e-6);
        Assert.Contains(watcher.Accuracies, accuracy => Math.Abs(accuracy - expected) > 0.01);

        using var accumulated = new WatchingAccumulated(Model());
        var several = accumulated.Fit(data, new CombinedProgress(watcher = new Watcher()));
        Assert.Equal(9, watcher.Accuracies.Count);
        Assert.Equal(3, several.TrainingAccuracy.Count);
        Assert.All(several.TrainingAccuracy, accuracy => Assert.Equal(expected, accuracy, 6));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void Samples_without_a_label_have_no_weight_in_an_epoch(long seed)
    {
        // A network that always says 0: one of three labels is right, whatever batches they come in.
        using var data = new InMemoryData(zeros(4, 8), tensor(new long[] { 0, -100, 1, 1 }));
        using var trainer = new Saying(new Table()) { Seed = seed };
        using var accumulated = new SayingAccumulated(new Table()) { Seed = seed };
        double expected = trainer.Evaluate(data).Accuracy;
        Assert.Equal(1 / 3.0, expected, 2e-6);
        Assert.Equal(expected, Assert.Single(trainer.Fit(data).TrainingAccuracy), 2e-6);
        Assert.Equal(expected, Assert.Single(accumulated.Fit(data).TrainingAccuracy), 2e-6);

        // With the labels together, a batch has none at some seeds.
        using var sparse = new InMemoryData(zeros(4, 8), tensor(new long[] { -100, -100, 0, -100 }));
        Assert.Equal(1, Assert.Single(new Saying(new Table()) { Seed = seed }.Fit(sparse).TrainingAccuracy), 2e-6);
    }

    [Fact]
    public void Training_is_the_same_with_and_without()
    {
        using var plain = new Uncounted(Model());
        using var counted = new Counted(Model());
        plain.Step(new(eye(8), tensor(Labels)));
        counted.Step(new(eye(8), tensor(Labels)));
        Assert.True(plain.Model.Arena.Values.Equals(counted.Model.Arena.Values));
        Assert.Null(typeof(Uncounted.Losses).GetProperty("Accuracy"));
    }

    private static double Expected(Tensor logits, Tensor y, Tensor partners, double share)
    {
        using var scope = NewDisposeScope();
        var predicted = logits.argmax(1);
        double Share(Tensor labels) => predicted.eq(labels).to(ScalarType.Float64).mean().ToDouble();
        return (share * Share(y)) + ((1 - share) * Share(y.index_select(0, partners)));
    }

    private static Table Model()
    {
        var model = new Table();
        using var noGrad = no_grad();
        model.Linear0Weight.zero_();
        for (int n = 0; n < 8; n++) model.Linear0Weight[(int)Predicted[n], n] = 10;
        return model;
    }

    private static InMemoryData Data()
    {
        using var seeded = new Generator(7);
        return new InMemoryData(randn([30, 8], generator: seeded), randint(0, 4, [30], ScalarType.Int64, generator: seeded));
    }

    private sealed class Watcher : ITrainingProgress
    {
        public List<double> Accuracies { get; } = [];

        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss) => Assert.Fail("the trainer reports its accuracy");

        public void Stepped(long step, Tensor loss, EpochAccuracy accuracy) => Accuracies.Add(accuracy.Present);

        public void Finished(TrainingReport report)
        {
        }
    }
}
