using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static Dsl.Tests.Runs.NonFiniteCase;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

/// <summary>A step that is not finite is skipped: it changes nothing that outlives a step but the count.</summary>
public sealed class SkipStepTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dsl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_skipped_step_changes_no_weight_moment_average_or_buffer()
    {
        using var trainer = new Skipping(Fresh()) { StepsPerEpoch = 10 };
        trainer.Step(new Skipping.Batch(Inputs(1), Classes()));
        trainer.Save(At("before"));
        trainer.Step(new Skipping.Batch(Bad(), Classes()));
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("before"), At("after")));
        Assert.Equal((2, 1), (trainer.StepCount, trainer.SkippedSteps));
        trainer.Step(new Skipping.Batch(Inputs(2), Classes()));
        trainer.Save(At("next"));
        Assert.Contains("model.0.weight", Differences(At("after"), At("next")));
    }

    [Fact]
    public void A_skipped_step_of_the_autograd_target_changes_nothing_either()
    {
        using var trainer = new SkippingAutograd(Fresh()) { StepsPerEpoch = 10 };
        trainer.Step(new SkippingAutograd.Batch(Inputs(1), Classes()));
        trainer.Save(At("before"));
        trainer.Step(new SkippingAutograd.Batch(Bad(), Classes()));
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("before"), At("after")));
        Assert.Equal((2, 1), (trainer.StepCount, trainer.SkippedSteps));
    }

    [Fact]
    public void A_teacher_that_ran_in_training_mode_has_its_statistics_back()
    {
        using var trainer = new SkippingTeacher(Fresh()) { StepsPerEpoch = 10 };
        trainer.Step(new SkippingTeacher.Batch(Inputs(1), Classes(), Inputs(3)));
        trainer.Save(At("before"));
        trainer.Step(new SkippingTeacher.Batch(Inputs(1), Classes(), Bad()));
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("before"), At("after")));
        Assert.Equal(1, trainer.SkippedSteps);
    }

    [Fact]
    public void What_is_kept_of_each_sample_waits_for_the_update()
    {
        using var trainer = new SkippingEnsembling(Fresh()) { StepsPerEpoch = 10 };
        trainer.UseUnlabeledSamples(8);
        var places = tensor(new long[] { 1, 3, 5, 7 });
        trainer.Step(new SkippingEnsembling.Batch(Inputs(1), Classes(), Inputs(3), places));
        trainer.Save(At("before"));
        trainer.Step(new SkippingEnsembling.Batch(Inputs(1), Classes(), Bad(), places));
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("before"), At("after")));
        Assert.Equal(1, trainer.SkippedSteps);
        trainer.Step(new SkippingEnsembling.Batch(Inputs(1), Classes(), Inputs(3), places));
        trainer.Save(At("next"));
        Assert.Contains("ensemble", Differences(At("after"), At("next")));
        Assert.Contains("visits", Differences(At("after"), At("next")));
    }

    [Fact]
    public void Float64_takes_the_way_of_other_devices()
    {
        using var trainer = new Skipping(Fresh().to(float64)) { StepsPerEpoch = 10 };
        trainer.Step(new Skipping.Batch(Inputs(1).to(float64), Classes()));
        trainer.Save(At("before"));
        trainer.Step(new Skipping.Batch(Bad().to(float64), Classes()));
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("before"), At("after")));
        Assert.Equal(1, trainer.SkippedSteps);
    }

    [Fact]
    public void Steps_in_a_row_end_the_run_and_are_described()
    {
        using var trainer = new Skipping(Fresh()) { StepsPerEpoch = 10 };
        trainer.Step(new Skipping.Batch(Bad(), Classes()));
        trainer.Step(new Skipping.Batch(Bad(), Classes()));
        trainer.Step(new Skipping.Batch(Inputs(1), Classes()));
        trainer.Step(new Skipping.Batch(Bad(), Classes()));
        trainer.Step(new Skipping.Batch(Bad(), Classes()));
        trainer.Save(At("before"));
        var error = Assert.Throws<DivergedException>(() => trainer.Step(new Skipping.Batch(Bad(), Classes())));
        Assert.Contains("step 6 is the last of 3 in a row", error.Message, StringComparison.Ordinal);
        Assert.Contains("ConsecutiveSkipLimit is 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("the loss Total; the loss CrossEntropy; the gradient of 0.weight", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("the buffer model.1.running_mean", error.Message, StringComparison.Ordinal);
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("before"), At("after")));
    }

    [Fact]
    public void A_batch_without_labels_has_no_finite_loss()
    {
        using var trainer = new Skipping(Fresh()) { StepsPerEpoch = 10 };
        trainer.Save(At("before"));
        trainer.Step(new Skipping.Batch(Inputs(1), full([4], -100, ScalarType.Int64)));
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("before"), At("after")));
        Assert.Equal(1, trainer.SkippedSteps);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_window_is_skipped_as_a_whole(int bad)
    {
        using var trainer = new SkippingWindows(Fresh()) { StepsPerEpoch = 10 };
        trainer.Step([new(Inputs(1), Classes()), new(Inputs(2), Classes())]);
        trainer.Save(At("before"));
        trainer.Step([new(bad == 0 ? Bad() : Inputs(3), Classes()), new(bad == 1 ? Bad() : Inputs(3), Classes())]);
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("before"), At("after")));
        Assert.Equal((2, 1), (trainer.StepCount, trainer.SkippedSteps));
    }

    [Fact]
    public void A_window_of_the_autograd_target_is_skipped_as_a_whole()
    {
        using var trainer = new SkippingWindowsAutograd(Fresh()) { StepsPerEpoch = 10 };
        trainer.Step([new(Inputs(1), Classes()), new(Inputs(2), Classes())]);
        trainer.Save(At("before"));
        trainer.Step([new(Bad(), Classes()), new(Inputs(3), Classes())]);
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("before"), At("after")));
        Assert.Equal((2, 1), (trainer.StepCount, trainer.SkippedSteps));
    }

    [Fact]
    public void A_window_that_failed_leaves_the_next_one_its_own_losses()
    {
        using var trainer = new SkippingWindows(Fresh()) { StepsPerEpoch = 10 };
        Assert.Throws<DataMismatchException>(() => trainer.Step([new(Bad(), Classes()), new(randn(4, 5), Classes())]));

        // The failed window did not put its statistics back, and they would refuse the next one.
        foreach (var (_, buffer) in trainer.Model.named_buffers()) buffer.nan_to_num_(0);
        trainer.Step([new(Inputs(1), Classes())]);
        Assert.Equal((1, 0), (trainer.StepCount, trainer.SkippedSteps));
    }

    [Fact]
    public void A_run_goes_on_and_tells()
    {
        using var data = Noise(20);
        using var trainer = new Skipping(Fresh());
        var told = new Told();
        var report = trainer.Fit(new Faulty(data, 5), told);
        Assert.Equal((15, 3), (trainer.StepCount, trainer.SkippedSteps));
        Assert.Equal(3, report.SkippedSteps);
        Assert.Equal([1L, 2, 3], told.Skips.Select(skip => skip.Skipped));
        Assert.Equal([0L, 1, 2], told.Skips.Select(skip => (skip.Step - 1) / 5));
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
        var faulty = new Faulty(data, 5, 6);
        using var whole = new Skipping(Fresh()) { ConsecutiveSkipLimit = 9 };
        whole.Fit(faulty, new Told { Step = done => { if (done == step) whole.Save(At("run")); } });
        whole.Save(At("whole"));
        using var resumed = new Skipping(Fresh()) { ConsecutiveSkipLimit = 9 };
        resumed.Resume(At("run"));
        resumed.Fit(faulty);
        resumed.Save(At("resumed"));
        Assert.Equal(File.ReadAllBytes(At("whole")), File.ReadAllBytes(At("resumed")));
    }

    [Fact]
    public void Adapters_are_watched_and_left_as_they_were()
    {
        using var trainer = new SkippingAdapters(new Distillation.Slim(), new Distillation.Wide()) { StepsPerEpoch = 10 };
        trainer.Step(new SkippingAdapters.Batch(randn(4, 2, 6, 6)));
        trainer.Save(At("before"));
        trainer.Adapters.Gradients[0] = double.NaN;
        trainer.ApplyGradients();
        trainer.Save(At("after"));
        Assert.Empty(Differences(At("before"), At("after")));
        Assert.Equal((2, 1), (trainer.StepCount, trainer.SkippedSteps));
        trainer.ConsecutiveSkipLimit = 1;
        trainer.Adapters.Gradients[0] = double.NaN;
        var error = Assert.Throws<DivergedException>(trainer.ApplyGradients);
        Assert.Contains("the gradient of the adapters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_buffer_alone_refuses_a_step()
    {
        using var trainer = new Skipping(Fresh()) { StepsPerEpoch = 10, ConsecutiveSkipLimit = 1 };
        trainer.Model.named_buffers().First(pair => pair.name == "1.running_var").buffer.fill_(double.PositiveInfinity);
        var error = Assert.Throws<DivergedException>(() => trainer.Step(new Skipping.Batch(Inputs(1), Classes())));
        Assert.Contains("Not finite: the buffer model.1.running_var.", error.Message, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
