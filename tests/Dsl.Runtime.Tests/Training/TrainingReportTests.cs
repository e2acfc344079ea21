using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Training;

public class TrainingReportTests
{
    [Fact]
    public void A_short_run_is_a_line_and_a_table()
    {
        var report = new TrainingReport("NetTrainer", 8, TimeSpan.FromSeconds(2), 0.25)
        {
            Epochs =
            [
                new(1, 4, 1.23456) { LearningRate = 1e-3, Duration = TimeSpan.FromSeconds(1.5),
                    Validation = [("loss", 0.9), ("meanAbsoluteError", 12.345)] },
                new(2, 4, 0.5) { LearningRate = 1e-5, Duration = TimeSpan.FromSeconds(75),
                    Validation = [("loss", 0.8), ("meanAbsoluteError", double.NaN)] },
            ],
            BestEpoch = 2,
        };
        Assert.Equal(
            """
            NetTrainer: 8 steps in 2.0 s (4 steps/s), loss 0.25; all 2 epochs done; best epoch 2

              epoch   steps     loss   learning rate   validation loss   validation mean absolute error         time
            ──────────────────────────────────────────────────────────────────────────────────────────────────────────
              1           4   1.2346           0.001               0.9                            12.35        1.5 s
              2 *         4      0.5           1e-05               0.8                              NaN   1 min 15 s
            """,
            report.ToString());
    }

    [Fact]
    public void Of_a_long_run_the_ends_and_the_best_epoch_are_shown()
    {
        var report = new TrainingReport("NetTrainer", 100, TimeSpan.FromSeconds(2), 0.25)
        {
            Epochs = [.. Enumerable.Range(1, 100).Select(epoch => new EpochReport(epoch, 1, 1) { LearningRate = 1 })],
            BestEpoch = 50,
        };
        string[] firsts = [.. report.ToString().Split('\n').Skip(4).Select(line => line.Trim().Split("  ")[0])];
        Assert.Equal(["1", "2", "3", "…", "50 *", "…", "93", "94", "95", "96", "97", "98", "99", "100"], firsts);
    }

    [Fact]
    public void A_run_without_a_step_says_so()
    {
        var report = new TrainingReport("NetTrainer", 0, TimeSpan.Zero, double.NaN) { End = RunEnd.NothingToDo };
        Assert.Equal("NetTrainer: no step to do, the run had ended before", report.ToString());
    }

    [Fact]
    public void Losses_that_are_not_finite_are_left_out_of_a_mean()
    {
        using var means = new LossMeans();
        foreach (float value in new[] { 1, float.NaN, 3, float.PositiveInfinity })
        {
            using var total = tensor(value);
            using var term = tensor(2 * value);
            means.Add(total, [("term", term), ("seldom", null)]);
        }

        Assert.False(means.Look());
        Assert.True(means.Look());
        var (mean, losses) = means.Means();
        Assert.Equal(2, mean);
        Assert.Equal([("term", 4), ("seldom", double.NaN)], losses);
        Assert.Equal(4, means.Steps);
    }

    [Fact]
    public void Evaluations_print_their_numbers()
    {
        Assert.Equal("loss 0.0872, accuracy 0.9533 (150 predictions)", new Evaluation(0.08721, 0.95333, 150).ToString());
        Assert.Equal(
            "loss 2.5, accuracy 0.5, precision NaN, recall 0 (1 prediction)",
            new BinaryEvaluation(2.5, 0.5, double.NaN, 0, 1).ToString());
        Assert.Equal(
            "loss 1.2e-06, root mean squared error 1234, mean absolute error 123.5, determination -12.35 (3 predictions)",
            new RegressionEvaluation(1.2e-6, 1234.4, 123.46, -12.345, 3).ToString());
    }
}
