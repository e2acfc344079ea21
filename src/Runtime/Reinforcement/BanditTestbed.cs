namespace Dsl.Runtime;

/// <summary>What a strategy earns on many bandits, step by step.</summary>
/// <param name="Rewards">The mean reward of each step over all bandits.</param>
/// <param name="BestArms">The share of bandits whose best arm was chosen, for each step.</param>
public sealed record BanditCurve(IReadOnlyList<double> Rewards, IReadOnlyList<double> BestArms)
{
    /// <summary>The mean reward of the last steps.</summary>
    /// <param name="steps">How many, at least 1.</param>
    public double LastReward(int steps = 100) => Rewards.TakeLast(steps).Average();

    /// <summary>The share of best arms in the last steps.</summary>
    /// <param name="steps">How many, at least 1.</param>
    public double LastBestArms(int steps = 100) => BestArms.TakeLast(steps).Average();
}

/// <summary>The ten-armed test bed (Sutton and Barto 2018, section 2.3): a strategy on many
/// <see cref="GaussianBandit"/>s.</summary>
public static class BanditTestbed
{
    /// <summary>Runs a strategy, from nothing on each bandit.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="runs">How many bandits, at least 1.</param>
    /// <param name="steps">Actions on each, at least 1.</param>
    /// <param name="seed">Of bandits and choices; the same bandits for every strategy.</param>
    /// <param name="arms">Arms of each.</param>
    /// <param name="drift">Deviation of the step that values take after each action; 0 for values that stay.</param>
    public static BanditCurve Run(
        IBanditStrategy strategy, int runs = 2000, int steps = 1000, long seed = 0, int arms = 10, double drift = 0)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var bandit = new GaussianBandit(arms, drift);
        double[] rewards = new double[steps], best = new double[steps];
        for (int run = 0; run < runs; run++)
        {
            bandit.Reset(StreamSeed.Of(seed, "bandit", run));
            strategy.Begin(arms);
            var random = new HostRandom(StreamSeed.Of(seed, "choice", run));
            for (int step = 0; step < steps; step++)
            {
                int arm = strategy.Choose(random);
                if (arm == bandit.BestArm) best[step] += 1.0 / runs;
                double reward = bandit.Step(arm).Reward;
                strategy.Learn(arm, reward);
                rewards[step] += reward / runs;
            }
        }

        return new BanditCurve(rewards, best);
    }
}
