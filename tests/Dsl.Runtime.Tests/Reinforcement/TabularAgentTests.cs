using Xunit;

namespace Dsl.Runtime.Tests.Reinforcement;

public class TabularAgentTests
{
    private static readonly string[] Maze =
    [
        "S..#....",
        ".#.#.##.",
        ".#...#..",
        ".####.#.",
        "......#G",
    ];

    [Theory]
    [InlineData(TemporalDifference.QLearning)]
    [InlineData(TemporalDifference.Sarsa)]
    [InlineData(TemporalDifference.ExpectedSarsa)]
    [InlineData(TemporalDifference.DoubleQ)]
    public void Truncation_bootstraps_and_termination_does_not(TemporalDifference rule)
    {
        Assert.Equal(0.5, Learned(terminated: true));
        Assert.Equal(0.5 * (1 + 0.9 * 10), Learned(terminated: false), 1e-12);

        double Learned(bool terminated)
        {
            // Both tables of double Q know that state 1 is worth 10, by any action.
            var agent = new TabularAgent(2, 2, rule) { StepSize = 0.5, Discount = 0.9, Exploration = 0 };
            var random = new HostRandom(0);
            for (int i = 0; i < 400; i++)
                agent.Learn(1, i % 2, new EnvironmentStep<int>(1, 10, true, false), 0, random);
            Assert.Equal(10, agent.Value(1, 0), 1e-9);
            agent.Learn(0, 0, new EnvironmentStep<int>(1, 1, terminated, !terminated), 1, random);

            // One of two tables was moved, and the value is their mean.
            return agent.Value(0, 0) * (rule == TemporalDifference.DoubleQ ? 2 : 1);
        }
    }

    // Sutton and Barto, example 6.6: fewer runs than the recipe has.
    [Fact]
    public void Q_learning_walks_along_the_cliff_and_Sarsa_around_it()
    {
        double q = Online(TemporalDifference.QLearning), sarsa = Online(TemporalDifference.Sarsa),
            expected = Online(TemporalDifference.ExpectedSarsa);
        Assert.InRange(q, -60, -42);
        Assert.InRange(sarsa, -30, -21);
        Assert.InRange(expected, -26, -17);
        Assert.Equal(-13, Walk(TemporalDifference.QLearning));
        Assert.InRange(Walk(TemporalDifference.Sarsa), -25, -15);

        static double Online(TemporalDifference rule) => Enumerable.Range(0, 60)
            .Average(seed => New(rule).Train(new GridMaze(GridMaze.Cliff), 500, seed).TakeLast(100).Average());

        static TabularAgent New(TemporalDifference rule) => new(48, 4, rule) { StepSize = 0.5 };

        static double Walk(TemporalDifference rule)
        {
            var agent = New(rule);
            agent.Train(new GridMaze(GridMaze.Cliff), 500, 1);
            return Greedy(agent, new GridMaze(GridMaze.Cliff, maximumSteps: 100));
        }
    }

    [Theory]
    [InlineData(TemporalDifference.QLearning)]
    [InlineData(TemporalDifference.DoubleQ)]
    public void A_maze_is_solved_as_value_iteration_solves_it(TemporalDifference rule)
    {
        var maze = new GridMaze(Maze, maximumSteps: 200);
        var solution = ValueIteration.Solve(maze, 1);
        Assert.Equal(-15, solution.Values[maze.StartCell], 1e-9);
        var agent = new TabularAgent(40, 4, rule) { StepSize = 0.5, Exploration = 0.2 };
        agent.Train(maze, 1500, 2);
        Assert.Equal(solution.Values[maze.StartCell], Greedy(agent, maze));
        int cell = maze.Reset(0);
        while (true)
        {
            Assert.True(solution.IsBest(cell, agent.Greedy(cell)));
            var step = maze.Step(agent.Greedy(cell));
            cell = step.Observation;
            if (step.IsLast) break;
        }
    }

    [Fact]
    public void Value_iteration_knows_slips()
    {
        // Up stays with 0.8 and slips to the right, which is the goal, or to the left, a wall, with 0.1 each.
        var maze = new GridMaze(["SG"], slip: 0.2);
        var solution = ValueIteration.Solve(maze, 0.9);

        // V = −1 + 0.9·0.2·V by going right: 0.8 reach the goal, 0.2 stay.
        Assert.Equal(-1 / (1 - 0.18), solution.Values[0], 1e-8);
        Assert.Equal(-1 + 0.9 * 0.9 * solution.Values[0], solution.ValueOf(0, 0), 1e-8);
        Assert.False(solution.IsBest(0, 0));
        Assert.Throws<InvalidOperationException>(() => ValueIteration.Solve(new GridMaze(["S#G"]), 1, maximumSweeps: 50));
    }

    [Fact]
    public void Blackjack_is_learned()
    {
        var agent = new TabularAgent(704, 2, TemporalDifference.QLearning) { StepSize = null, Exploration = 0.2 };
        agent.Train(new Blackjack(), 200_000, 0);
        Assert.Equal(0, agent.Greedy(Blackjack.Observe(20, 5, false)));
        Assert.Equal(1, agent.Greedy(Blackjack.Observe(13, 10, false)));
        Assert.Equal(0, agent.Greedy(Blackjack.Observe(16, 6, false)));
        var environment = new Blackjack();
        double mean = Enumerable.Range(0, 40_000).Average(hand => Greedy(agent, environment, 1_000_000 + hand));

        // The best policy earns −0.047.
        Assert.InRange(mean, -0.075, -0.02);
    }

    [Fact]
    public void A_constant_step_size_follows_an_opponent_that_changes()
    {
        double constant = AfterChange(0.1), mean = AfterChange(null);
        Assert.True(constant > 0.25, $"{constant}");
        Assert.True(mean < 0.12, $"{mean}");

        static double AfterChange(double? stepSize)
        {
            var game = new TicTacToe { Opponent = TicTacToeOpponent.Random };
            var agent = new TabularAgent(19683, 9, TemporalDifference.QLearning) { StepSize = stepSize, Exploration = 0.1 };
            Assert.InRange(agent.Train(game, 40_000, 0).TakeLast(1000).Average(), 0.65, 0.85);
            game.Opponent = TicTacToeOpponent.Attentive;
            return agent.Train(game, 2000, 1).TakeLast(1000).Average();
        }
    }

    [Fact]
    public void A_table_of_another_size_is_refused()
    {
        var agent = new TabularAgent(4, 2, TemporalDifference.Sarsa);
        Assert.Throws<ArgumentException>(() => agent.Train(new GridMaze(GridMaze.Cliff), 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => agent.Value(4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TabularAgent(4, 2, TemporalDifference.Sarsa) { StepSize = 0 });
    }

    private static double Greedy(TabularAgent agent, IEnvironment<int, int> environment, long seed = 0)
    {
        int state = environment.Reset(seed);
        double total = 0;
        for (int i = 0; i < 1000; i++)
        {
            var step = environment.Step(agent.Greedy(state));
            (state, total) = (step.Observation, total + step.Reward);
            if (step.IsLast) break;
        }

        return total;
    }
}
