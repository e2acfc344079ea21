using System.Text.Json;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Progress;

public sealed class JsonLinesLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_line_is_an_object_and_losses_come_at_their_interval()
    {
        Log(every: 2, steps: 5, loss: 0.5f);
        var lines = Lines();
        Assert.Equal(["started", "step", "step", "finished"], lines.Select(line => line.GetProperty("event").GetString()));
        Assert.Equal(5, lines[0].GetProperty("totalSteps").GetInt64());
        Assert.Equal(4, lines[2].GetProperty("step").GetInt64());
        Assert.Equal(0.5, lines[2].GetProperty("loss").GetDouble());
        Assert.Equal(2.5, lines[3].GetProperty("stepsPerSecond").GetDouble());
    }

    [Fact]
    public void A_loss_that_is_no_number_is_still_json()
    {
        Log(every: 1, steps: 1, loss: float.NaN);
        Assert.Equal("NaN", Lines()[1].GetProperty("loss").GetString());
    }

    [Fact]
    public void Evaluations_are_logged_through_every_combination()
    {
        using (var log = new JsonLinesLog(_folder.File("log.jsonl"), 1))
        {
            ITrainingProgress progress = new CombinedProgress(log);
            progress.Evaluated(7, new Evaluation(0.25, 0.75, 100));
        }

        var line = Assert.Single(Lines());
        Assert.Equal("evaluation", line.GetProperty("event").GetString());
        Assert.Equal(7, line.GetProperty("step").GetInt64());
        Assert.Equal(0.25, line.GetProperty("loss").GetDouble());
        Assert.Equal(0.75, line.GetProperty("accuracy").GetDouble());
    }

    [Fact]
    public void Refused_steps_are_logged_through_every_combination()
    {
        using (var log = new JsonLinesLog(_folder.File("log.jsonl"), 100))
        {
            ITrainingProgress progress = new CombinedProgress(log);
            progress.Skipped(7, 2);
            progress.RolledBack(9, 1, 0.5);
        }

        var lines = Lines();
        Assert.Equal(["skipped", "rolledBack"], lines.Select(line => line.GetProperty("event").GetString()));
        Assert.Equal(2, lines[0].GetProperty("skippedSteps").GetInt64());
        Assert.Equal(9, lines[1].GetProperty("step").GetInt64());
        Assert.Equal(0.5, lines[1].GetProperty("learningRateScale").GetDouble());
    }

    [Fact]
    public void The_accuracy_of_training_is_logged_through_every_combination()
    {
        using (var log = new JsonLinesLog(_folder.File("log.jsonl"), 1))
        using (var accuracy = new EpochAccuracy(CPU))
        using (var value = tensor(0.25f))
        {
            ITrainingProgress progress = new CombinedProgress(log);
            accuracy.Add(value, zeros([4], ScalarType.Int64), 0);
            progress.Stepped(1, value, accuracy);
            progress.Finished(
                new TrainingReport("Trainer", 1, TimeSpan.FromSeconds(2), 0.25) { TrainingAccuracy = accuracy.ToArray() });
        }

        var lines = Lines();
        Assert.Equal(["step", "finished"], lines.Select(line => line.GetProperty("event").GetString()));
        Assert.All(lines, line => Assert.Equal(0.25, line.GetProperty("accuracy").GetDouble()));
    }

    [Fact]
    public void The_losses_of_several_descents_are_logged_through_every_combination()
    {
        using (var log = new JsonLinesLog(_folder.File("log.jsonl"), 1))
        using (Tensor critic = tensor(0.25f), generator = tensor(2f))
        {
            ITrainingProgress progress = new CombinedProgress(log);
            progress.Stepped(1, critic, [("critic", critic), ("generator", null)]);
            progress.Stepped(2, critic, [("critic", critic), ("generator", generator)]);
        }

        var lines = Lines();
        Assert.Equal([0.25, 0.25], lines.Select(line => line.GetProperty("loss").GetDouble()));
        Assert.Equal(["critic"], lines[0].GetProperty("losses").EnumerateObject().Select(loss => loss.Name));
        Assert.Equal(2, lines[1].GetProperty("losses").GetProperty("generator").GetDouble());
    }

    [Fact]
    public void Epochs_are_logged_through_every_combination()
    {
        using (var log = new JsonLinesLog(_folder.File("log.jsonl"), 100))
        {
            ITrainingProgress progress = new CombinedProgress(log);
            progress.EpochEnded(new EpochReport(2, 4, 0.5)
            {
                LearningRate = 0.125, Losses = [("crossEntropy", 0.25)], Validation = [("accuracy", double.NaN)], Accuracy = 0.75,
            });
        }

        Assert.StartsWith(
            """{"event":"epoch","epoch":2,"steps":4,"loss":0.5,"losses":{"crossEntropy":0.25},"accuracy":0.75,"learningRate":0.125,"validation":{"accuracy":"NaN"},"seconds":""",
            File.ReadAllText(_folder.File("log.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_run_goes_on_in_the_same_file()
    {
        Log(every: 1, steps: 1, loss: 1);
        Log(every: 1, steps: 1, loss: 2);
        Assert.Equal(6, Lines().Length);
    }

    [Fact]
    public void Watchers_can_be_combined()
    {
        using (var first = new JsonLinesLog(_folder.File("log.jsonl"), 1))
        using (var second = new JsonLinesLog(_folder.File("other.jsonl"), 1))
        {
            Train(new CombinedProgress(first, second), 2, 1);
        }

        Assert.Equal(File.ReadAllLines(_folder.File("log.jsonl")).Length, File.ReadAllLines(_folder.File("other.jsonl")).Length);
        Assert.Equal(4, Lines().Length);
    }

    private static void Train(ITrainingProgress progress, int steps, float loss)
    {
        using var value = tensor(loss);
        progress.Started(new TrainingRun("Trainer", steps, 1));
        for (var step = 1; step <= steps; step++)
        {
            progress.Stepped(step, value);
        }

        progress.Finished(new TrainingReport("Trainer", steps, TimeSpan.FromSeconds(2), loss));
    }

    private void Log(long every, int steps, float loss)
    {
        using var log = new JsonLinesLog(_folder.File("log.jsonl"), every);
        Train(log, steps, loss);
    }

    private JsonElement[] Lines() =>
        [.. File.ReadAllLines(_folder.File("log.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
}
