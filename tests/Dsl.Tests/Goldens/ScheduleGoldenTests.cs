using Dsl.Tests.Recipes;
using Xunit;

namespace Dsl.Tests;

/// <summary>Learning rates of every step against the formulas in double precision.</summary>
public class ScheduleGoldenTests
{
    [Fact] public void Constant() => Check("constant", new ConstantRate(new Line()).LearningRateAt);

    [Fact] public void Constant_after_warmup() => Check("constant_warmup", new ConstantWarmup(new Line()).LearningRateAt);

    [Fact] public void Cosine() => Check("cosine", new CosineRate(new Line()).LearningRateAt);

    [Fact] public void Cosine_to_a_minimum() => Check("cosine_eta_min", new CosineToMinimum(new Line()).LearningRateAt);

    [Fact] public void Cosine_after_warmup() => Check("cosine_warmup", new CosineWarmup(new Line()).LearningRateAt);

    [Fact] public void Cosine_after_warmup_to_a_minimum() =>
        Check("cosine_warmup_eta_min", new CosineWarmupMinimum(new Line()).LearningRateAt);

    [Fact] public void Step() => Check("step", new StepRate(new Line()) { StepsPerEpoch = 6 }.LearningRateAt);

    [Fact] public void Step_after_warmup() =>
        Check("step_warmup", new StepWarmup(new Line()) { StepsPerEpoch = 6 }.LearningRateAt);

    [Fact]
    public void Step_after_a_warmup_past_the_first_decay() =>
        Check("step_warmup_past_first_decay", new StepLongWarmup(new Line()) { StepsPerEpoch = 6 }.LearningRateAt);

    [Fact]
    public void Warmup_in_epochs_is_that_many_steps_per_epoch() =>
        Check("cosine_warmup", new CosineWarmupEpochs(new Line()) { StepsPerEpoch = 5 }.LearningRateAt);

    [Fact]
    public void Epochs_mean_nothing_before_the_data_is_known()
    {
        using var trainer = new CosineWarmupEpochs(new Line());
        var error = Assert.Throws<InvalidOperationException>(() => trainer.LearningRateAt(0));
        Assert.Contains("StepsPerEpoch is not known", error.Message, StringComparison.Ordinal);
    }

    private static void Check(string name, Func<long, double> rate)
    {
        double[] expected = Golden.Load("schedules/" + name)["learning_rates"].data<double>().ToArray();
        for (int step = 0; step < expected.Length; step++)
            Assert.Equal(expected[step], rate(step), 1e-12);
    }
}
