using Digits;
using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Behaviour;

[Model(1, 8, 8)]
[Conv2d(16, 3, Padding = 1), ReLU, Conv2d(32, 3, Padding = 1), ReLU, MaxPool2d(2)]
[Flatten, Linear(64), ReLU, Linear(16)]
public partial class DigitEmbedder;

[Model(16), Linear(16), ReLU, Linear(16)]
public partial class DigitPredictor;

[Trainer<DigitEmbedder>, Triplet, Augment<DigitView>]
[Adam(2e-3), Cosine, BatchSize(64), SamplesPerClass(8), Steps(300)]
public partial class DigitTriplets;

[Trainer<DigitEmbedder>, VicReg<DigitView, DigitView>(VarianceWeight = 0, CovarianceWeight = 0)]
[Adam(5e-3), BatchSize(64), Epochs(4)]
public partial class Collapsing;

[Trainer<DigitEmbedder>, SimClr<DigitView, DigitView>, Probe(Every = 2)]
[Adam(2e-3), BatchSize(128), Epochs(5)]
public partial class Probed;

[Trainer<DigitEmbedder>, NPair, Sgd(0.01), BatchSize(8), SamplesPerClass(2), Steps(2)]
public partial class DigitPairs;

[Trainer<DigitEmbedder>, Triplet, SamplesPerClass(4), EarlyStopping(Metric.Loss, Patience = 1), Adam(1e-3), BatchSize(40),
    Epochs(3)]
public partial class StoppingTriplets;

/// <summary>What trainers of embeddings do with real digits, and with data that do not fit.</summary>
public class EmbeddingTests
{
    [Fact]
    public void Neighbours_of_an_embedding_are_of_its_class()
    {
        var (train, test) = HandwrittenDigits.LoadSplit(0);
        using (train)
        using (test)
        using (var model = new DigitEmbedder(new Generator(1)))
        using (var trainer = new DigitTriplets(model) { Seed = 1 })
        {
            var before = trainer.Evaluate(test);
            var report = trainer.Fit(train, validation: test);
            var after = trainer.Evaluate(test);
            Assert.True(
                after.RecallAt1 > 0.9 && after.RecallAt1 > before.RecallAt1 + 0.08, $"{before.RecallAt1} and {after.RecallAt1}");
            Assert.True(after.Retrieval.MeanAveragePrecisionAtR > before.Retrieval.MeanAveragePrecisionAtR + 0.2);
            Assert.Equal(500, after.Count);
            Assert.Equal(after.RecallAt1, report.Epochs[^1].ValidationOf("recall@1"));
            Assert.Equal(1 - after.RecallAt1, after.Loss, 12);
        }
    }

    [Fact]
    public void Early_stopping_watches_the_nearest_neighbours()
    {
        var (train, test) = HandwrittenDigits.LoadSplit(0);
        using (train)
        using (test)
        using (var trainer = new StoppingTriplets(new DigitEmbedder(new Generator(1))))
        {
            var report = trainer.Fit(train, test);
            Assert.NotNull(report.BestEpoch);
            Assert.Equal(report.Epochs.Min(epoch => epoch.ValidationLoss), trainer.Evaluate(test).Loss, 12);
        }
    }

    [Fact]
    public void A_collapse_is_warned_of_once()
    {
        var (train, test) = HandwrittenDigits.LoadSplit(0);
        var watched = new Warnings();
        using (train)
        using (test)
        using (var trainer = new Collapsing(new DigitEmbedder(new Generator(1))))
        {
            var report = trainer.Fit(train, watched);
            string warning = Assert.Single(report.Warnings);
            Assert.Equal(warning, Assert.Single(watched.Told));
            Assert.Contains("the variance term: give it a larger VarianceWeight", warning, StringComparison.Ordinal);
            Assert.Contains("Warning: ", report.ToString(), StringComparison.Ordinal);
            Assert.True(report.Epochs[^1].Losses.Single(loss => loss.Name == "spread").Loss < EmbeddingSpread.Collapsed);
        }
    }

    [Fact]
    public void Features_are_probed_every_other_epoch_and_at_the_end()
    {
        var (train, test) = HandwrittenDigits.LoadSplit(0);
        using (train)
        using (test)
        using (var trainer = new Probed(new DigitEmbedder(new Generator(1))))
        {
            ProbeData data = new(train, test);
            var report = trainer.Fit(train, probe: data);
            Assert.Empty(report.Warnings);
            Assert.Equal(
                [false, true, false, true, true],
                report.Epochs.Select(epoch => epoch.ValidationOf("linear accuracy") is not null));
            var probed = trainer.EvaluateFeatures(data);
            Assert.True(probed.Converged);
            Assert.Equal(probed.LinearAccuracy, report.Epochs[^1].ValidationOf("linear accuracy"));
            Assert.Equal(probed.NeighborAccuracy, report.Epochs[^1].ValidationOf("5-NN accuracy"));
            Assert.InRange(probed.LinearAccuracy, 0.8, 1);
        }
    }

    [Fact]
    public void A_batch_that_is_no_pairs_is_refused_in_words()
    {
        using var trainer = new DigitPairs(new DigitEmbedder());
        trainer.StepsPerEpoch = 1;
        using var triples = new DigitPairs.Batch(randn(6, 1, 8, 8), tensor(new long[] { 0, 0, 0, 1, 1, 1 }));
        Assert.Contains("[SamplesPerClass(2)]", Assert.Throws<DataMismatchException>(() => trainer.Step(triples)).Message,
            StringComparison.Ordinal);
        using var negative = new DigitPairs.Batch(randn(4, 1, 8, 8), tensor(new long[] { 0, 0, -1, -1 }));
        Assert.Contains(
            "label -1", Assert.Throws<DataMismatchException>(() => trainer.Step(negative)).Message, StringComparison.Ordinal);
        using var columns = new DigitPairs.Batch(randn(4, 1, 8, 8), zeros(4, 1, dtype: ScalarType.Int64));
        Assert.Contains(
            "labels [4]", Assert.Throws<DataMismatchException>(() => trainer.Step(columns)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_without_a_pair_of_a_class_trains_nothing()
    {
        using var model = new DigitEmbedder();
        using var trainer = new DigitTriplets(model);
        using var batch = new DigitTriplets.Batch(randn(4, 1, 8, 8), arange(4));
        using var draws = trainer.SampleDraws(batch);
        Assert.True(double.IsNaN(trainer.ComputeGradients(batch, draws).Triplet.ToDouble()));
        Assert.Equal(0, model.Arena.Gradients.abs().max().ToDouble());
    }

    /// <summary>Keeps what is warned of.</summary>
    private sealed class Warnings : ITrainingProgress
    {
        public List<string> Told { get; } = [];

        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss)
        {
        }

        public void Warned(long step, string warning) => Told.Add(warning);

        public void Finished(TrainingReport report)
        {
        }
    }
}
