using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static Dsl.Tests.Runs.NonFiniteCase;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

/// <summary>At a step that is not finite a run returns to the state that it keeps, and goes on with other data.</summary>
public sealed class RollBackTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_run_returns_to_the_kept_state()
    {
        using var trainer = new RollingBack(Fresh()) { StepsPerEpoch = 10 };
        for (int i = 0; i < 5; i++)
        {
            trainer.Step(new RollingBack.Batch(Inputs(i), Classes()));
            if (i == 2) trainer.Save(At("kept"));
        }

        trainer.Step(new RollingBack.Batch(Bad(), Classes()));
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("kept"), At("after")));
        Assert.Equal((6, 1, 0.25), (trainer.StepCount, trainer.RollBackCount, trainer.LearningRateScale));
    }

    [Fact]
    public void The_autograd_target_returns_to_it_too()
    {
        using var trainer = new RollingBackAutograd(Fresh()) { StepsPerEpoch = 10 };
        for (int i = 0; i < 5; i++)
        {
            trainer.Step(new RollingBackAutograd.Batch(Inputs(i), Classes()));
            if (i == 2) trainer.Save(At("kept"));
        }

        trainer.Step(new RollingBackAutograd.Batch(Bad(), Classes()));
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("kept"), At("after")));
        Assert.Equal((6, 1, 0.25), (trainer.StepCount, trainer.RollBackCount, trainer.LearningRateScale));
    }

    [Fact]
    public void A_window_rolls_back_as_a_whole()
    {
        using var trainer = new RollingBackWindows(Fresh()) { StepsPerEpoch = 10 };
        trainer.Step([new(Inputs(1), Classes()), new(Inputs(2), Classes())]);
        trainer.Save(At("before"));
        trainer.Step([new(Bad(), Classes()), new(Inputs(3), Classes())]);
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("before"), At("after")));
        Assert.Equal((2, 1, 0.5), (trainer.StepCount, trainer.RollBackCount, trainer.LearningRateScale));
    }

    [Fact]
    public void Adapters_return_with_their_moments()
    {
        using var trainer = new RollingBackAdapters(new Distillation.Slim(), new Distillation.Wide())
        {
            StepsPerEpoch = 10,
            SnapshotEverySteps = 2,
        };
        trainer.Step(new RollingBackAdapters.Batch(randn(4, 2, 6, 6)));
        trainer.Step(new RollingBackAdapters.Batch(randn(4, 2, 6, 6)));
        trainer.Save(At("kept"));
        trainer.Step(new RollingBackAdapters.Batch(randn(4, 2, 6, 6)));
        trainer.Step(new RollingBackAdapters.Batch(full([4, 2, 6, 6], double.NaN, float32)));
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("kept"), At("after")));
        Assert.Equal(1, trainer.RollBackCount);
    }

    [Fact]
    public void Steps_after_a_return_have_the_smaller_learning_rate()
    {
        using var first = new Generator(2);
        using var second = new Generator(2);
        using var trainer = new RollingBackPlain(new Plain(first)) { StepsPerEpoch = 10 };
        using var small = new RollingBackPlain(new Plain(second)) { StepsPerEpoch = 10, LearningRate = 0.125 };
        trainer.Step(new RollingBackPlain.Batch(Bad(), Classes()));
        trainer.Step(new RollingBackPlain.Batch(Inputs(1), Classes()));
        small.Step(new RollingBackPlain.Batch(Inputs(1), Classes()));
        Assert.Equal(0.5, trainer.LearningRateAt(1));
        Assert.True(small.Model.Arena.Values.Equals(trainer.Model.Arena.Values));
    }

    [Fact]
    public void Returns_are_limited_and_what_ends_the_run_is_described()
    {
        using var trainer = new RollingBack(Fresh()) { StepsPerEpoch = 10 };
        trainer.Step(new RollingBack.Batch(Inputs(1), Classes()));
        for (int i = 0; i < 3; i++) trainer.Step(new RollingBack.Batch(Bad(), Classes()));
        Assert.Equal((3, 0.25 * 0.25 * 0.25), (trainer.RollBackCount, trainer.LearningRateScale));
        var error = Assert.Throws<DivergedException>(() => trainer.Step(new RollingBack.Batch(Bad(), Classes())));
        Assert.Contains("at step 5", error.Message, StringComparison.Ordinal);
        Assert.Contains("RollBackLimit of [OnNonFinite(NonFinite.RollBack)] is 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("the loss Total; the loss CrossEntropy; the gradient of 0.weight", error.Message,
            StringComparison.Ordinal);
        Assert.True(trainer.Model.Arena.Values.isfinite().all().ToBoolean());
    }

    [Fact]
    public void Weights_and_buffers_that_are_not_finite_come_back()
    {
        using var trainer = new RollingBack(Fresh()) { StepsPerEpoch = 10 };
        trainer.Step(new RollingBack.Batch(Inputs(1), Classes()));
        trainer.Model.Arena.Values.fill_(double.PositiveInfinity);
        trainer.Step(new RollingBack.Batch(Inputs(2), Classes()));
        Assert.Equal(1, trainer.RollBackCount);
        trainer.Model.named_buffers().First(pair => pair.name == "1.running_var").buffer.fill_(double.NaN);
        trainer.Step(new RollingBack.Batch(Inputs(2), Classes()));
        Assert.Equal(2, trainer.RollBackCount);

        // The fourth step would keep this state: it returns before its forward pass, and is made.
        trainer.Model.Arena.Values.fill_(double.NaN);
        trainer.Step(new RollingBack.Batch(Inputs(2), Classes()));
        Assert.Equal((3, 4), (trainer.RollBackCount, trainer.StepCount));
        trainer.Save(At("run"));
    }

    [Fact]
    public void A_run_that_begins_with_weights_that_are_not_finite_has_nothing_to_return_to()
    {
        using var trainer = new RollingBack(Fresh()) { StepsPerEpoch = 10 };
        trainer.Model.Arena.Values.fill_(double.NaN);
        var error = Assert.Throws<DivergedException>(() => trainer.Step(new RollingBack.Batch(Inputs(1), Classes())));
        Assert.Contains("cannot begin at step 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("model.0.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_goes_on_and_tells()
    {
        using var data = Noise(20);
        using var trainer = new RollingBack(Fresh());
        var told = new Told();
        var report = trainer.Fit(new Faulty(data, 5), told);
        Assert.Equal((15, 3), (trainer.StepCount, report.RollBacks));
        Assert.Equal([0L, 1, 2], told.Returns.Select(rolled => (rolled.Step - 1) / 5));
        Assert.Equal([0.25, 0.0625, 0.015625], told.Returns.Select(rolled => rolled.Scale));
        Assert.True(trainer.Model.Arena.Values.isfinite().all().ToBoolean());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(11)]
    public void A_resumed_run_is_the_same_run(long step)
    {
        using var data = Noise(20);
        var faulty = new Faulty(data, 5);
        using var whole = new RollingBack(Fresh());
        whole.Fit(faulty, new Told { Step = done => { if (done == step) whole.Save(At("run")); } });
        whole.Save(At("whole"));
        using var resumed = new RollingBack(Fresh());
        resumed.Resume(At("run"));
        resumed.Fit(faulty);
        resumed.Save(At("resumed"));
        Assert.Equal(File.ReadAllBytes(At("whole")), File.ReadAllBytes(At("resumed")));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
