using Xunit;

namespace Dsl.Runtime.Tests.Reinforcement;

public class BanditTests
{
    // Sutton and Barto, figures 2.2 to 2.4, as reproduced with 2,000 runs; fewer here, so that the mean itself deviates by 1 %.
    [Theory]
    [InlineData("greedy", 1.04)]
    [InlineData("0.01", 1.30)]
    [InlineData("0.1", 1.37)]
    [InlineData("optimistic", 1.50)]
    [InlineData("ucb", 1.49)]
    public void Strategies_earn_what_the_book_shows(string name, double expected)
    {
        IBanditStrategy strategy = name switch
        {
            "greedy" => new EpsilonGreedy(0),
            "0.01" => new EpsilonGreedy(0.01),
            "0.1" => new EpsilonGreedy(0.1),
            "optimistic" => new EpsilonGreedy(0, new Estimation.Constant(0.1, 5)),
            _ => new UpperConfidenceBound(2),
        };
        Assert.Equal(expected, BanditTestbed.Run(strategy, runs: 500).LastReward(), 0.09 * expected);
    }

    [Fact]
    public void Others_find_the_best_arm_too()
    {
        Assert.InRange(BanditTestbed.Run(new ThompsonSampling(), 300).LastReward(), 1.4, 1.65);
        Assert.InRange(BanditTestbed.Run(new SoftmaxExploration(0.2), 300).LastReward(), 1.3, 1.6);
        Assert.InRange(BanditTestbed.Run(new EpsilonFirst(100), 300).LastReward(), 1.3, 1.6);
        Assert.InRange(BanditTestbed.Run(new EpsilonFirst(100, temperature: 0.5), 300).LastReward(), 1.25, 1.6);
        Assert.InRange(BanditTestbed.Run(new GradientBandit(0.1), 300).LastReward(), 1.3, 1.6);
    }

    [Fact]
    public void Constant_steps_and_windows_follow_values_that_drift()
    {
        double[] rewards =
        [
            .. new Estimation[] { new Estimation.Average(), new Estimation.Constant(0.1), new Estimation.Window(200) }
                .Select(by => BanditTestbed.Run(new EpsilonGreedy(0.1, by), 200, 4000, drift: 0.03).LastReward(1000)),
        ];
        Assert.True(rewards[1] > 1.1 * rewards[0], string.Join(' ', rewards));
        Assert.True(rewards[2] > 1.1 * rewards[0], string.Join(' ', rewards));
    }

    [Fact]
    public void Estimates_are_means_moving_means_and_means_of_a_window()
    {
        Assert.Equal([2.5, 0], Learned(new Estimation.Average(9)));
        Assert.Equal([0.5 * (0.5 * (0.5 * 8 + 0.5 * 1) + 0.5 * 2.5) + 0.5 * 4, 8], Learned(new Estimation.Constant(0.5, 8)));
        Assert.Equal([3.25, 7], Learned(new Estimation.Window(2, 7)));

        static double[] Learned(Estimation by)
        {
            var strategy = new EpsilonGreedy(0, by);
            strategy.Begin(2);
            foreach (double reward in new[] { 1, 2.5, 4 }) strategy.Learn(0, reward);
            double[] values = strategy.Values.ToArray();
            return by is Estimation.Average ? [values[0], values[1] - 9] : values;
        }
    }

    [Fact]
    public void What_is_no_setting_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EpsilonGreedy(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EpsilonGreedy(0.1, new Estimation.Constant(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EpsilonGreedy(0.1, new Estimation.Window(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UpperConfidenceBound(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EpsilonFirst(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftmaxExploration(double.NaN));
    }
}
