using Dsl.Tests.Recipes;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Learning rates, and momenta, of every step against torch.optim.lr_scheduler and the papers' formulas.</summary>
public class MoreSchedulesGoldenTests
{
    [Fact] public void Exponential() =>
        Check("exponential", new ExponentialRate(new Line()) { StepsPerEpoch = 6 }.LearningRateAt);

    [Fact] public void Exponential_in_steps() => Check("exponential_steps", new ExponentialSteps(new Line()).LearningRateAt);

    [Fact] public void Exponential_to_a_minimum() =>
        Check("exponential_minimum", new ExponentialFloor(new Line()) { StepsPerEpoch = 6 }.LearningRateAt);

    [Fact] public void Polynomial() => Check("polynomial", new PolynomialRate(new Line()).LearningRateAt);

    [Fact] public void Polynomial_with_a_power() => Check("polynomial_square", new PolynomialSquare(new Line()).LearningRateAt);

    [Fact] public void Polynomial_after_warmup_to_a_minimum() =>
        Check("polynomial_warmup_minimum", new PolynomialWarmup(new Line()).LearningRateAt);

    [Fact]
    public void Warmup_in_samples_is_a_whole_number_of_batches() =>
        Check("polynomial_warmup_minimum", new PolynomialWarmupSamples(new Line()).LearningRateAt);

    [Fact] public void A_part_of_a_cosine() => Check("partial_cosine", new PartialCosineRate(new Line()).LearningRateAt);

    [Fact] public void A_quarter_of_a_cosine_after_warmup() =>
        Check("partial_cosine_warmup", new QuarterCosine(new Line()).LearningRateAt);

    [Fact] public void Cosine_with_restarts() => Check("cosine_restarts", new Restarts(new Line()).LearningRateAt);

    [Fact]
    public void Cosine_with_restarts_of_doubling_periods() =>
        Check("cosine_restarts_doubling", new RestartsDoubling(new Line()) { StepsPerEpoch = 5 }.LearningRateAt);

    [Fact] public void Cosine_with_restarts_after_warmup() =>
        Check("cosine_restarts_warmup", new RestartsWarmup(new Line()).LearningRateAt);

    [Fact]
    public void One_cycle()
    {
        using var trainer = new OneCycleRate(new Line());
        Check("one_cycle", trainer.LearningRateAt);
        Check("one_cycle", trainer.MomentumAt, "momenta");
    }

    [Fact] public void One_cycle_with_an_early_peak() => Check("one_cycle_early", new OneCycleEarly(new Line()).LearningRateAt);

    [Fact]
    public void One_cycle_moves_the_momentum_of_sgd()
    {
        using var model = new Line();
        using var trainer = new OneCycleRate(model) { Steps = 10 };
        Steps("one_cycle_sgd", model, step => 1 + step, trainer.ApplyGradients);
    }

    [Fact]
    public void One_cycle_moves_the_first_beta_of_adam()
    {
        using var model = new Line();
        using var trainer = new OneCycleAdam(model);
        Steps("one_cycle_adam", model, step => 1 + (step % 3), trainer.ApplyGradients);
    }

    private static void Steps(string name, Line model, Func<int, double> gradient, Action apply)
    {
        var golden = Golden.Load("more_schedules/" + name);
        using (no_grad()) model.Arena.Values.fill_(1);
        for (int step = 0; step < 10; step++)
        {
            using (no_grad()) model.Arena.Gradients.fill_(gradient(step));
            apply();
            Close.To(golden["parameters"][step].narrow(0, 0, 36).view(1, 36), model.Linear0Weight, $"{name} after step {step}");
        }
    }

    private static void Check(string name, Func<long, double> rate, string tensor = "learning_rates")
    {
        double[] expected = Golden.Load("more_schedules/" + name)[tensor].data<double>().ToArray();
        for (int step = 0; step < expected.Length; step++)
            Assert.Equal(expected[step], rate(step), 1e-12);
    }
}
