using Dsl.Runtime;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Limits;

/// <summary>Learning rates where a schedule begins, ends, and is asked for more, of runs however short.</summary>
public class ScheduleEndTests
{
    public static TheoryData<string, int> Runs()
    {
        var runs = new TheoryData<string, int>();
        foreach (string name in new[] { "OneCycle", "Cosine", "Polynomial", "Restarts", "Exponential" })
            foreach (int steps in new[] { 1, 2, 3, 4, 5, 40 }) runs.Add(name, steps);
        return runs;
    }

    [Theory, MemberData(nameof(Runs))]
    public void A_rate_is_finite_and_positive_and_no_step_is_wasted(string schedule, int steps)
    {
        var rates = Rates(schedule, steps, steps).ToArray();
        Assert.All(rates, rate => Assert.InRange(rate, 0, 0.1 * 1.0000001));

        // The last may be the end itself, 0; the first of more than one is a step.
        Assert.All(rates[..^1], rate => Assert.True(rate > 0, string.Join(", ", rates)));
    }

    [Theory]
    [InlineData("OneCycle"), InlineData("Cosine"), InlineData("Polynomial"), InlineData("Exponential")]
    public void A_rate_does_not_rise_again_after_the_run(string schedule)
    {
        var after = Rates(schedule, 20, 60).Skip(19).ToArray();
        Assert.All(after.Zip(after.Skip(1)), pair => Assert.True(pair.Second <= pair.First, string.Join(", ", after)));
        Assert.All(after, rate => Assert.True(double.IsFinite(rate) && rate >= 0));
    }

    [Fact]
    public void A_schedule_counts_updates_and_not_their_batches()
    {
        using var trainer = new AccumulatedSchedule(new Still());
        using var data = new InMemoryData(randn(18, 4), zeros(18, ScalarType.Int64));
        Assert.Equal(3, trainer.Fit(data).Steps);
        Assert.Equal(3, trainer.TotalSteps);
        Assert.Equal(0.1, trainer.LearningRateAt(0), 12);
        Assert.Equal(0.1 * (1 + Math.Cos(2 * Math.PI / 3)) / 2, trainer.LearningRateAt(2), 12);
    }

    private static IEnumerable<double> Rates(string schedule, int steps, int count)
    {
        Func<long, double> rate = schedule switch
        {
            "OneCycle" => new OneCycleOfAny(new Still()) { Steps = steps }.LearningRateAt,
            "Cosine" => new CosineOfAny(new Still()) { Steps = steps }.LearningRateAt,
            "Polynomial" => new PolynomialOfAny(new Still()) { Steps = steps }.LearningRateAt,
            "Restarts" => new RestartsOfAny(new Still()) { Steps = steps }.LearningRateAt,
            _ => new ExponentialOfAny(new Still()) { Steps = steps }.LearningRateAt,
        };
        return Enumerable.Range(0, count).Select(step => rate(step));
    }
}
