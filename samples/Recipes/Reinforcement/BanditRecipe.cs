using System.Globalization;
using Dsl.Runtime;

namespace Recipes.Reinforcement;

/// <summary>Strategies on the ten-armed test bed (Sutton and Barto 2018, section 2.3): mean reward of the last 100 of 1,000
/// actions on 2,000 bandits; and on values that drift.</summary>
public static class BanditRecipe
{
    /// <summary>The part of a reference that a strategy may be off.</summary>
    public const double Tolerance = 0.05;

    /// <summary>Strategies, each with the reward that NumPy gave with the same settings and 2,000 runs; NaN for those that it
    /// was not asked of.</summary>
    public static IReadOnlyList<(string Name, IBanditStrategy Strategy, double Reference)> Strategies { get; } =
    [
        ("greedy", new EpsilonGreedy(0), 1.04),
        ("ε-greedy, ε = 0.01", new EpsilonGreedy(0.01), 1.30),
        ("ε-greedy, ε = 0.1", new EpsilonGreedy(0.1), 1.37),
        ("optimistic, 5, α = 0.1", new EpsilonGreedy(0, new Estimation.Constant(0.1, 5)), 1.50),
        ("upper confidence bound, c = 2", new UpperConfidenceBound(2), 1.49),
        ("ε-first, 100 actions", new EpsilonFirst(100), double.NaN),
        ("ε-first, 100 by softmax, τ = 0.5", new EpsilonFirst(100, 0.5), double.NaN),
        ("softmax, τ = 0.2", new SoftmaxExploration(0.2), double.NaN),
        ("gradient, α = 0.1", new GradientBandit(0.1), double.NaN),
        ("Thompson", new ThompsonSampling(), double.NaN),
    ];

    /// <summary>How values that drift are followed: mean reward of the last 1,000 of 10,000 actions, values' steps of deviation
    /// 0.01, ε = 0.1.</summary>
    public static IReadOnlyList<(string Name, IBanditStrategy Strategy)> Drifting { get; } =
    [
        ("means", new EpsilonGreedy(0.1)),
        ("constant step, α = 0.1", new EpsilonGreedy(0.1, new Estimation.Constant(0.1))),
        ("window of 1,000", new EpsilonGreedy(0.1, new Estimation.Window(1000))),
    ];

    /// <summary>Runs all strategies and shows what they earn.</summary>
    /// <param name="seeds">How many test beds.</param>
    /// <param name="runs">Bandits of each.</param>
    /// <returns>Whether every strategy with a reference is within <see cref="Tolerance"/> of it.</returns>
    public static bool Run(int seeds, int runs = 2000)
    {
        bool isClose = true;
        Console.WriteLine($"Ten-armed test bed, {runs} runs, {seeds} seeds: reward and share of best arms, actions 901 to 1,000");
        foreach (var (name, strategy, reference) in Strategies)
        {
            var curves = Enumerable.Range(0, seeds).Select(seed => BanditTestbed.Run(strategy, runs, seed: seed)).ToList();
            double reward = curves.Average(curve => curve.LastReward());
            bool differs = Math.Abs(reward - reference) > Tolerance * reference;
            isClose &= !differs;
            string beside = double.IsNaN(reference) ? "" : string.Create(
                CultureInfo.InvariantCulture, $", reference {reference:0.00}{(differs ? ": not reached" : "")}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: {reward:0.000}, {100 * curves.Average(curve => curve.LastBestArms()):0.0} %{beside}"));
        }

        Console.WriteLine("Values that drift, actions 9,001 to 10,000");
        foreach (var (name, strategy) in Drifting)
        {
            double reward = Enumerable.Range(0, seeds)
                .Average(seed => BanditTestbed.Run(strategy, runs / 10, 10_000, seed, drift: 0.01).LastReward(1000));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {reward:0.000}"));
        }

        return isClose;
    }
}
