using System.Globalization;
using Dsl.Runtime;

namespace Recipes.Reinforcement;

/// <summary>The cliff (Sutton and Barto 2018, example 6.6): α = 0.5, ε = 0.1, γ = 1; what is earned while exploring, and by
/// the way that was learned.</summary>
public static class CliffRecipe
{
    /// <summary>Runs all rules and shows what they earn.</summary>
    /// <param name="seeds">How many agents of each rule, in hundreds.</param>
    /// <returns>Whether Q-learning earns less than SARSA while exploring, and has the shortest way.</returns>
    public static bool Run(int seeds)
    {
        Console.WriteLine($"Cliff, {100 * seeds} agents: return of episodes 401 to 500, and of the learned way");
        var measured = Enum.GetValues<TemporalDifference>().ToDictionary(rule => rule, rule => Measure(rule, 100 * seeds));
        foreach (var (rule, (online, way, shortest)) in measured)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{rule}: {online:0.0}, {way:0.0}, the shortest way in {100 * shortest:0} %"));
        }

        var (q, sarsa) = (measured[TemporalDifference.QLearning], measured[TemporalDifference.Sarsa]);
        return q.Online < sarsa.Online - 15 && q.Shortest > 0.95 && sarsa.Way < q.Way;
    }

    /// <summary>What a rule earns.</summary>
    /// <param name="rule">Which.</param>
    /// <param name="agents">How many are averaged.</param>
    /// <returns>The return while exploring, that of the learned way where it arrives, and how many ways are the
    /// shortest.</returns>
    public static (double Online, double Way, double Shortest) Measure(TemporalDifference rule, int agents)
    {
        double online = 0;
        List<double> ways = [];
        for (int seed = 0; seed < agents; seed++)
        {
            var agent = new TabularAgent(48, 4, rule) { StepSize = 0.5 };
            online += agent.Train(new GridMaze(GridMaze.Cliff), 500, seed).TakeLast(100).Average() / agents;
            ways.Add(Way(agent));
        }

        return (online, ways.Where(double.IsFinite).Average(), ways.Count(way => way == -13) / (double)agents);
    }

    private static double Way(TabularAgent agent)
    {
        var maze = new GridMaze(GridMaze.Cliff, maximumSteps: 100);
        int cell = maze.Reset(0);
        double total = 0;
        while (true)
        {
            var step = maze.Step(agent.Greedy(cell));
            (cell, total) = (step.Observation, total + step.Reward);
            if (step.IsLast) return step.Terminated ? total : double.NaN;
        }
    }
}
