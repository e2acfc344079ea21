using System.Globalization;
using Dsl.Runtime;
using Dsl.Tests.Oracles;
using Dsl.Tests.Runs;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Training;

/// <summary>What a run says of itself: every epoch, the best one, and why it ended.</summary>
public class HistoryTests
{
    [Fact]
    public void Every_epoch_has_the_means_of_its_steps()
    {
        using var data = Images(20);
        using var unlabeled = Images(30);
        using var validation = Images(16);
        using var trainer = new ExplicitMeanTeacher(Network()) { Steps = 5 };
        var watcher = new Watcher();
        var report = trainer.Fit(data, unlabeled, watcher, validation);

        // 30 samples in whole batches of 12 are 2 steps an epoch: the third has one.
        Assert.Equal([1, 2, 3], report.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal([2, 2, 1], report.Epochs.Select(epoch => epoch.Steps));
        Assert.Equal(5, watcher.Totals.Count);
        foreach (var (epoch, index) in report.Epochs.Select((epoch, index) => (epoch, index)))
        {
            var steps = Enumerable.Range(index * 2, (int)epoch.Steps).ToList();
            Assert.Equal(steps.Average(step => watcher.Totals[step]), epoch.Loss, 12);
            Assert.Equal(["crossEntropy", "consistency"], epoch.Losses.Select(loss => loss.Name));
            Assert.Equal(steps.Average(step => watcher.Terms[step][0]), epoch.Losses[0].Loss, 12);
            Assert.Equal(steps.Average(step => watcher.Terms[step][1]), epoch.Losses[1].Loss, 12);
            Assert.Equal(trainer.LearningRateAt(steps[^1]), epoch.LearningRate);
            Assert.Equal(["loss", "accuracy"], epoch.Validation.Select(number => number.Name));
            Assert.True(epoch.Duration > TimeSpan.Zero);
        }

        Assert.Equal(report.Epochs, watcher.Epochs);
        Assert.Equal(trainer.Evaluate(validation).Loss, report.Epochs[^1].ValidationLoss);
        Assert.Equal(report.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch, report.BestEpoch);
        Assert.Equal(watcher.Totals[^1], report.FinalLoss);
        Assert.Equal(RunEnd.Completed, report.End);
    }

    [Fact]
    public void Validation_changes_nothing()
    {
        using var data = Images(20);
        using var first = new ExplicitMeanTeacher(Network()) { Steps = 6 };
        using var second = new ExplicitMeanTeacher(Network()) { Steps = 6 };
        var report = first.Fit(data, data);
        second.Fit(data, data, validation: data);
        Assert.True(first.Model.Arena.Values.Equals(second.Model.Arena.Values));
        Assert.Null(report.BestEpoch);
        Assert.All(report.Epochs, epoch => Assert.Empty(epoch.Validation));
    }

    [Fact]
    public void Early_stopping_says_when_and_why()
    {
        using var data = Noise(20, 1);
        using var validation = Noise(200, 2);
        using var trainer = new Stopping(Plain());
        var report = trainer.Fit(data, validation);
        Assert.Equal(RunEnd.StoppedEarly, report.End);
        Assert.Equal(2, report.Patience);
        Assert.Equal(report.BestEpoch + 2, report.Epochs[^1].Epoch);
        Assert.Equal(trainer.Evaluate(validation).Loss, report.Epochs[(int)report.BestEpoch! - 1].ValidationLoss, 1e-12);
        Assert.Contains(
            $"stopped early after epoch {report.Epochs.Count}: no better validation in 2 epochs; best epoch {report.BestEpoch}",
            report.ToString(),
            StringComparison.Ordinal);

        var again = trainer.Fit(data, validation);
        Assert.Equal((0, RunEnd.NothingToDo), (again.Steps, again.End));
        Assert.True(double.IsNaN(again.FinalLoss));
        Assert.StartsWith(
            $"Stopping: no step to do, the run had ended before (stopped early after epoch {report.Epochs.Count}",
            again.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_fit_of_a_run_that_is_done_says_so_and_a_longer_run_goes_on()
    {
        using var data = Images(20);
        using var trainer = new ExplicitMeanTeacher(Network()) { Steps = 3 };
        trainer.Fit(data, data);
        var nothing = trainer.Fit(data, data);
        Assert.Equal((0, RunEnd.NothingToDo, 3), (nothing.Steps, nothing.End, nothing.Epochs.Count));
        Assert.StartsWith("ExplicitMeanTeacher: no step to do, the run had ended before with epoch 3\n", nothing.ToString(),
            StringComparison.Ordinal);

        trainer.Steps = 4;
        var longer = trainer.Fit(data, data);
        Assert.Equal((1, RunEnd.Completed), (longer.Steps, longer.End));
        Assert.Equal([1, 2, 3, 4], longer.Epochs.Select(epoch => epoch.Epoch));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_resumed_run_has_the_history_of_the_whole_one(int saved)
    {
        using var data = Images(20);
        using var unlabeled = Images(30);
        string path = Path.Combine(Path.GetTempPath(), $"dsl-{Guid.NewGuid():n}.safetensors");
        try
        {
            using var whole = new ExplicitMeanTeacher(Network()) { Steps = 8 };
            var watcher = new Watcher { Step = step => { if (step == saved) whole.Save(path); } };
            var expected = whole.Fit(data, unlabeled, watcher, data);

            using var resumed = new ExplicitMeanTeacher(Network(seed: 77)) { Steps = 8 };
            resumed.Resume(path);
            var other = new Watcher();
            var report = resumed.Fit(data, unlabeled, other, data);
            Assert.Equal(8 - saved, report.Steps);
            Assert.Equal(expected.BestEpoch, report.BestEpoch);
            Assert.Equal(saved / 2, other.Run!.Epochs.Count);
            Assert.Equal(expected.Epochs.Select(Numbers), report.Epochs.Select(Numbers));
            Assert.All(report.Epochs.Take(saved / 2), epoch => Assert.Equal(TimeSpan.Zero, epoch.Duration));
            Assert.All(report.Epochs.Skip(saved / 2), epoch => Assert.True(epoch.Duration > TimeSpan.Zero));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_run_whose_end_is_moved_within_an_epoch_reports_what_it_did()
    {
        using var data = Images(44);
        using var trainer = new ExplicitMeanTeacher(Network()) { Steps = 20 };
        var watcher = new Watcher { Step = step => { if (step == 4) trainer.Steps = 4; } };
        var report = trainer.Fit(data, data, watcher);
        Assert.Equal([3, 1], report.Epochs.Select(epoch => epoch.Steps));
        Assert.Equal(report.Epochs, watcher.Epochs);
    }

    [Fact]
    public void Text_is_readable_whatever_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = culture;
            using var data = Images(20);
            using var trainer = new ExplicitMeanTeacher(Network()) { Steps = 2 };
            var report = trainer.Fit(data, data, validation: data);
            var lines = report.ToString().Split('\n');
            Assert.Matches(
                @"^ExplicitMeanTeacher: 2 steps in [\d.]+ s \([\d.]+ steps/s\), loss \d\.\d+; all 2 epochs done; best epoch \d$",
                lines[0]);
            Assert.Matches(
                "epoch .* loss .* cross entropy .* consistency .* learning rate .* validation loss .* validation accuracy .* "
                + "time", lines[2]);
            Assert.Matches(@"^loss \d\.\d+, accuracy 0(\.\d+)? \(20 predictions\)$", trainer.Evaluate(data).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string Numbers(EpochReport epoch) => string.Join(
        ", ",
        [epoch.Epoch, epoch.Steps, epoch.Loss, epoch.LearningRate, .. epoch.Losses.Select(loss => loss.Loss),
            .. epoch.Validation.Select(number => number.Value)]);

    private static Everything Network(ulong seed = 2)
    {
        using var generator = new Generator(seed);
        return new Everything(generator);
    }

    private static Plain Plain()
    {
        using var generator = new Generator(2);
        return new Plain(generator);
    }

    private static InMemoryData Noise(int count, int seed)
    {
        manual_seed(seed);
        return new InMemoryData(randn(count, 6), randint(0, 4, new long[] { count }, ScalarType.Int64));
    }

    private static InMemoryData Images(int count)
    {
        manual_seed(count);
        return new InMemoryData(randn(count, 2, 10, 10), randint(0, 7, new long[] { count }, ScalarType.Int64));
    }

    private sealed class Watcher : ITrainingProgress
    {
        public Action<long>? Step { get; init; }

        public TrainingRun? Run { get; private set; }

        public List<double> Totals { get; } = [];

        public List<double[]> Terms { get; } = [];

        public List<EpochReport> Epochs { get; } = [];

        public void Started(TrainingRun run) => Run = run;

        public void Stepped(long step, Tensor loss)
        {
            Totals.Add(loss.ToDouble());
            Step?.Invoke(step);
        }

        public void Stepped(long step, Tensor loss, IReadOnlyList<(string Name, Tensor? Loss)> losses)
        {
            Terms.Add([.. losses.Select(each => each.Loss!.ToDouble())]);
            Stepped(step, loss);
        }

        public void EpochEnded(EpochReport epoch) => Epochs.Add(epoch);

        public void Finished(TrainingReport report)
        {
        }
    }
}
