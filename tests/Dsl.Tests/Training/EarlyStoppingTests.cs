using Dsl.Runtime;
using Dsl.Tests.Oracles;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

/// <summary>A run ends when it no longer improves, with its best weights; and a broken run goes on from its last
/// checkpoint.</summary>
public class EarlyStoppingTests
{
    [Fact]
    public void A_run_ends_after_its_patience_with_the_best_weights()
    {
        // Labels are noise: what is learnt of one set harms on the other.
        using var data = Noise(20, 1);
        using var validation = Noise(200, 2);
        using var trainer = new Stopping(Fresh());
        var watcher = new Watcher();
        trainer.Fit(data, validation, watcher);

        var losses = watcher.Evaluations.Select(evaluation => evaluation.Evaluation.Loss).ToList();
        int best = losses.IndexOf(losses.Min());
        Assert.Equal(best + 3, losses.Count);
        Assert.InRange(losses.Count, 3, 39);
        Assert.Equal(4 * losses.Count, trainer.StepCount);
        Assert.Equal(losses.Min(), trainer.Evaluate(validation).Loss, 1e-12);

        // Another call does not go on.
        long steps = trainer.StepCount;
        trainer.Fit(data, validation);
        Assert.Equal(steps, trainer.StepCount);
    }

    [Fact]
    public void An_improvement_below_the_least_one_does_not_count()
    {
        using var data = Noise(20, 1);
        using var trainer = new Stopping(Fresh()) { EarlyStoppingMinimumImprovement = 1e9, EarlyStoppingPatience = 4 };
        var watcher = new Watcher();
        trainer.Fit(data, data, watcher);
        Assert.Equal(5, watcher.Evaluations.Count);
        Assert.Equal(watcher.Evaluations[0].Evaluation, trainer.Evaluate(data));
    }

    [Fact]
    public void Without_an_end_to_the_patience_the_run_is_whole_and_the_best_weights_are_restored()
    {
        using var data = Noise(20, 1);
        using var validation = Noise(200, 2);
        using var trainer = new Stopping(Fresh()) { EarlyStoppingPatience = 1000, Epochs = 6 };
        var watcher = new Watcher();
        trainer.Fit(data, validation, watcher);
        Assert.Equal(24, trainer.StepCount);
        Assert.Equal(watcher.Evaluations.Min(evaluation => evaluation.Evaluation.Loss), trainer.Evaluate(validation).Loss, 1e-12);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(11)]
    public void A_run_that_breaks_goes_on_from_its_checkpoint_bit_for_bit(int broken)
    {
        using var data = Images(44);
        using var validation = Images(30);
        InFolder(folder =>
        {
            using var whole = new Eventful(Network());
            var watcher = new Watcher();
            whole.Fit(data, validation, Path.Combine(folder, "whole"), watcher);

            string path = Path.Combine(folder, "broken");
            using var first = new Eventful(Network());
            Assert.Throws<IOException>(() => first.Fit(data, validation, path, Break(broken)));
            using var second = new Eventful(Network(seed: 77));
            second.Resume(path);
            Assert.Equal((broken - 1) / 3 * 3, second.StepCount);
            second.Fit(data, validation, path);
            Assert.Equal(whole.StepCount, second.StepCount);
            AssertSame(Path.Combine(folder, "whole"), path);
            Assert.True(whole.Model.Arena.Values.Equals(second.Model.Arena.Values));
            Assert.True(whole.Average.Arena.Values.Equals(second.Average.Arena.Values));
        });
    }

    [Fact]
    public void The_autograd_target_resumes_bit_for_bit_too()
    {
        using var data = Images(44);
        using var validation = Images(30);
        InFolder(folder =>
        {
            using var whole = new EventfulAutograd(Network());
            whole.Fit(data, validation, Path.Combine(folder, "whole"));
            string path = Path.Combine(folder, "broken");
            using var first = new EventfulAutograd(Network());
            Assert.Throws<IOException>(() => first.Fit(data, validation, path, Break(8)));
            using var second = new EventfulAutograd(Network(seed: 77));
            second.Resume(path);
            Assert.Equal(6, second.StepCount);
            second.Fit(data, validation, path);
            AssertSame(Path.Combine(folder, "whole"), path);
        });
    }

    [Fact]
    public void A_run_that_diverges_keeps_its_last_good_checkpoint()
    {
        using var data = Noise(20, 1);
        InFolder(folder =>
        {
            string path = Path.Combine(folder, "run");
            using var trainer = new Diverging(Fresh());
            trainer.LearningRate = 1e-3;
            var error = Assert.Throws<InvalidOperationException>(() => trainer.Fit(data, path, new Watcher
            {
                Step = step =>
                {
                    if (step == 3) trainer.Model.Arena.Values.fill_(double.NaN);
                },
            }));
            Assert.Contains("after step 3", error.Message, StringComparison.Ordinal);
            Assert.Contains("last good checkpoint", error.Message, StringComparison.Ordinal);
            using var resumed = new Diverging(Fresh()) { LearningRate = 1e-3 };
            resumed.Resume(path);
            Assert.Equal(2, resumed.StepCount);
            Assert.True(double.IsFinite(resumed.Model.Arena.Values.abs().max().ToDouble()));
        });
    }

    // Two files with the same state are the same bytes.
    private static void AssertSame(string first, string second) =>
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));

    private static Watcher Break(long step) => new()
    {
        Step = done =>
        {
            if (done == step) throw new IOException("the power went off");
        },
    };

    private static void InFolder(Action<string> test)
    {
        string folder = Directory.CreateTempSubdirectory("dsl-").FullName;
        try
        {
            test(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Plain Fresh()
    {
        using var generator = new Generator(2);
        return new Plain(generator);
    }

    private static Everything Network(ulong seed = 2)
    {
        using var generator = new Generator(seed);
        return new Everything(generator);
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
}
