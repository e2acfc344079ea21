using Dsl.Runtime;
using Dsl.Tests.Gans;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Runs of generators and their judges: both targets, samples, checkpoints, who watches, what is refused.</summary>
public class GanRunTests
{
    [Fact]
    public void Samples_are_a_function_of_the_seed_and_of_nothing_in_training()
    {
        using var data = Images(48);
        using var trainer = new ImageGan(new ImageMaker(new Generator(1)), new ImageJudge(new Generator(2)));
        trainer.Fit(data);
        var running = trainer.Average.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        using Tensor first = trainer.Sample(5, seed: 3), again = trainer.Sample(5, seed: 3), other = trainer.Sample(5, seed: 4);
        Assert.Equal([5, 1, 8, 8], first.shape);
        Close.To(first, again, "the same seed", 0);
        Assert.True((first - other).abs().max().ToDouble() > 1e-3);
        foreach (var (name, value) in trainer.Average.state_dict()) Close.To(running[name], value, name, 0);
        using var one = trainer.Sample(1, seed: 3);
        Assert.True(trainer.Model.training);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Sample(0));
    }

    [Fact]
    public void Both_targets_train_alike()
    {
        using var data = Images(48);
        using var one = new ImageGan(new ImageMaker(new Generator(1)), new ImageJudge(new Generator(2)));
        using var other = new ImageGanAutograd(new ImageMaker(new Generator(1)), new ImageJudge(new Generator(2)));
        one.Fit(data);
        other.Fit(data);
        Alike(other.Model, one.Model);
        Alike(other.Discriminator, one.Discriminator);
    }

    [Fact]
    public void Both_targets_train_alike_with_a_penalty()
    {
        using var data = Images(48);
        using var one = new ImageWgan(new ImageMaker(new Generator(1)), new ImageJudge(new Generator(2)));
        using var other = new ImageWganAutograd(new ImageMaker(new Generator(1)), new ImageJudge(new Generator(2)));
        one.Fit(data);
        other.Fit(data);
        Alike(other.Model, one.Model);
        Alike(other.Critic, one.Critic);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_resumed_run_equals_the_uninterrupted_one(int stop)
    {
        string path = Path.Combine(Path.GetTempPath(), $"gan-{Guid.NewGuid():N}.safetensors");
        using var data = Images(48);
        using var whole = new ImageWgan(new ImageMaker(new Generator(1)), new ImageJudge(new Generator(2)));
        using var first = new ImageWgan(new ImageMaker(new Generator(1)), new ImageJudge(new Generator(2)));
        using var second = new ImageWgan(new ImageMaker(new Generator(7)), new ImageJudge(new Generator(8)));
        whole.Fit(data);
        Assert.Throws<Stopped>(() => first.Fit(data, new StopAt(stop)));
        try
        {
            first.Save(path);
            second.Resume(path);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Equal(stop, second.StepCount);
        second.Fit(data);
        Alike(whole.Model, second.Model, 0);
        Alike(whole.Critic, second.Critic, 0);
    }

    [Fact]
    public void Who_watches_is_told_of_every_descent()
    {
        using var data = Images(48);
        using var trainer = new ImageWgan(new ImageMaker(new Generator(1)), new ImageJudge(new Generator(2)));
        var watcher = new Watcher();
        trainer.Fit(data, watcher);
        Assert.Equal(6, watcher.Steps.Count);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(["critic", "generator", "sampleSpread"], watcher.Steps[i].Select(loss => loss.Name));
            Assert.NotNull(watcher.Steps[i][0].Loss);
            Assert.Equal((i + 1) % 3 == 0, watcher.Steps[i][1].Loss is not null);
            Assert.Equal((i + 1) % 3 == 0, watcher.Steps[i][2].Loss is not null);
        }
    }

    /// <summary>The number of updates that Adam corrects its moments by is that of the network's own.</summary>
    [Fact]
    public void A_network_of_fewer_updates_counts_its_own()
    {
        using var scope = NewDisposeScope();
        using var trainer = new ImageWgan(new ImageMaker(new Generator(1)), new ImageJudge(new Generator(2)));
        var before = trainer.Model.Arena.Values.clone();
        for (int step = 0; step < 3; step++)
        {
            using var batch = new ImageWgan.Batch(Picture(16));
            trainer.StepsPerEpoch = 3;
            trainer.Step(batch);
            if (step < 2) Close.To(before, trainer.Model.Arena.Values, "before its first update", 0);
            if (step < 2) Close.To(before, trainer.Average.Arena.Values, "the average before its first update", 0);
        }

        Assert.True((before - trainer.Average.Arena.Values).abs().max().ToDouble() > 0);

        // With β₁ = 0 the first step of Adam is the learning rate where the gradient is not 0.
        var moved = (trainer.Model.Arena.Trainable - before.narrow(0, 0, trainer.Model.Arena.TrainableLength)).abs();
        Assert.InRange(moved.max().ToDouble(), 0.9e-3, 1.01e-3);
    }

    [Fact]
    public void A_batch_of_another_shape_is_refused_and_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var trainer = new ImageGan(new ImageMaker(new Generator(1)), new ImageJudge(new Generator(2)));
        var before = trainer.Discriminator.Arena.Values.clone();
        using var batch = new ImageGan.Batch(zeros(4, 1, 7, 7));
        Assert.ThrowsAny<Exception>(() => trainer.Step(batch));
        Close.To(before, trainer.Discriminator.Arena.Values, "the discriminator", 0);
        Assert.Equal(0, trainer.StepCount);
    }

    [Fact]
    public void Steps_leave_no_tensors()
    {
        using var trainer = new ImageWgan(new ImageMaker(new Generator(1)), new ImageJudge(new Generator(2)));
        trainer.StepsPerEpoch = 3;
        long Run(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                using var batch = new ImageWgan.Batch(Picture(16));
                trainer.Step(batch);
                using var sample = trainer.Sample(2);
            }

            return DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        }

        long after = Run(6);
        Assert.Equal(after, Run(12));
    }

    private static Tensor Picture(int samples)
    {
        using var generator = new Generator(9);
        return rand(samples, 1, 8, 8, generator: generator);
    }

    private static InMemoryData Images(int samples) => new(Picture(samples), zeros(samples, ScalarType.Int64));

    private static void Alike(nn.Module expected, nn.Module actual, double tolerance = 1e-4)
    {
        var state = actual.state_dict();
        foreach (var (name, value) in expected.state_dict()) Close.To(value, state[name], name, tolerance);
    }

    private sealed class Stopped : Exception;

    private sealed class StopAt(long last) : ITrainingProgress
    {
        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss)
        {
            if (step == last) throw new Stopped();
        }

        public void Finished(TrainingReport report)
        {
        }
    }

    private sealed class Watcher : ITrainingProgress
    {
        public List<List<(string Name, double? Loss)>> Steps { get; } = [];

        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss) => Assert.Fail("nobody says which losses there are");

        public void Stepped(long step, Tensor loss, IReadOnlyList<(string Name, Tensor? Loss)> losses) =>
            Steps.Add([.. losses.Select(other => (other.Name, other.Loss?.ToDouble()))]);

        public void Finished(TrainingReport report)
        {
        }
    }
}
