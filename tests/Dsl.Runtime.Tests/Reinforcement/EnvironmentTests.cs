using Xunit;

namespace Dsl.Runtime.Tests.Reinforcement;

public class EnvironmentTests
{
    [Fact]
    public void A_seed_gives_an_episode()
    {
        Assert.Equal(Episode(3), Episode(3));
        Assert.NotEqual(Episode(3), Episode(4));

        static float[] Episode(long seed)
        {
            var environment = new CartPole();
            var seen = environment.Reset(seed).ToList();
            for (int i = 0; i < 8; i++) seen.AddRange(environment.Step(i % 2).Observation);
            return [.. seen];
        }
    }

    [Fact]
    public void A_limit_truncates_and_an_end_terminates()
    {
        var limited = new CartPole(maximumSteps: 3);
        limited.Reset(0);
        limited.Step(0);
        limited.Step(1);
        var last = limited.Step(0);
        Assert.True(last.Truncated);
        Assert.False(last.Terminated);
        Assert.Throws<InvalidOperationException>(() => limited.Step(0));

        // The goal is reached in the very step of the limit: that is the end of the task.
        var maze = new GridMaze(["SG"], maximumSteps: 1);
        maze.Reset(0);
        var goal = maze.Step(1);
        Assert.True(goal.Terminated);
        Assert.False(goal.Truncated);
    }

    [Fact]
    public void What_is_no_action_is_refused()
    {
        var environment = new CartPole();
        Assert.Throws<InvalidOperationException>(() => environment.Step(0));
        environment.Reset(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => environment.Step(2));
        var pendulum = new Pendulum();
        pendulum.Reset(0);
        Assert.Throws<ArgumentOutOfRangeException>(() => pendulum.Step([2.5f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => pendulum.Step([0, 0]));
    }

    [Fact]
    public void Several_environments_begin_anew_and_hand_out_what_was_seen_last()
    {
        var several = new VectorEnvironment<float[], int>(() => new CartPole(maximumSteps: 4), 2);
        several.Reset(7);
        Assert.NotEqual(several.Observation(0), several.Observation(1));
        var steps = Enumerable.Range(0, 4).Select(i => several.Step([i % 2, (i + 1) % 2])).ToList();
        Assert.All(steps.Take(3), step => Assert.Same(step[0].Step.Observation, step[0].Next));
        foreach (int copy in new[] { 0, 1 })
        {
            Assert.True(steps[3][copy].Step.Truncated);
            Assert.Equal((4.0, 4), (steps[3][copy].Return, steps[3][copy].Length));
            Assert.NotSame(steps[3][copy].Step.Observation, steps[3][copy].Next);
            Assert.All(steps[3][copy].Next, number => Assert.InRange(number, -0.05, 0.05));
            Assert.Equal(1, several.Episode(copy));
        }
    }

    [Fact]
    public void An_interrupted_episode_is_played_again()
    {
        var first = new VectorEnvironment<float[], int>(() => new CartPole());
        var second = new VectorEnvironment<float[], int>(() => new CartPole());
        first.Reset(1);
        List<int> actions = [];
        while (first.Episode(0) < 2) first.Step([0]);
        for (int i = 0; i < 5; i++)
        {
            actions.Add(i % 2);
            first.Step([i % 2]);
        }

        second.Reset(1);
        second.Replay(0, 2, actions);
        Assert.Equal(first.Observation(0), second.Observation(0));
        Assert.Equal(first.Step([1])[0].Return, second.Step([1])[0].Return);
        Assert.Throws<InvalidOperationException>(() => second.Replay(0, 2, Enumerable.Repeat(0, 100)));
    }

    [Fact]
    public void Windows_hold_the_last_observations()
    {
        var window = new ObservationWindow<int>(new CorridorRecall(2), 3);
        Assert.Equal([3L, 2L], ((BoxSpace)window.Observations).Shape);
        float[] first = window.Reset(5);
        Assert.Equal([0, 0, 0, 0], first[..4]);
        float sign = first[4];
        Assert.Equal(1, Math.Abs(sign));
        Assert.Equal([0, 0, sign, 0, 0, 0], window.Step(0).Observation);
        Assert.Equal([sign, 0, 0, 0, 0, 1], window.Step(0).Observation);
        var last = window.Step(sign > 0 ? 1 : 0);
        Assert.Equal((1.0, true), (last.Reward, last.Terminated));
    }

    [Fact]
    public void A_view_of_a_maze_shows_the_cells_around()
    {
        var view = new MazeView(new GridMaze(["S.#", "#.G"]));
        Assert.Equal([-1, -1, -1, -1, 0, 0, -1, -1, 0], view.Reset(0));
        Assert.Equal([-1, -1, -1, 0, 0, -1, -1, 0, 1], view.Step(1).Observation);
    }

    [Fact]
    public void Tic_tac_toe_is_won_lost_and_forfeited()
    {
        var game = new TicTacToe { Opponent = TicTacToeOpponent.FirstFree };
        Assert.Equal(0, game.Reset(0));
        game.Step(4);
        game.Step(2);
        var won = game.Step(6);
        Assert.Equal((1.0, true), (won.Reward, won.Terminated));
        game.Reset(0);
        game.Step(8);
        game.Step(7);
        Assert.Equal(-1, game.Step(5).Reward);
        game.Reset(0);
        game.Step(8);
        Assert.Equal((-1.0, true), (game.Step(8).Reward, true));
        game.Reset(1);
        Assert.Equal(9 + 2 * 1, new TicTacToe { Opponent = TicTacToeOpponent.FirstFree }.Start(2));
    }

    [Fact]
    public void Every_environment_draws_itself_and_is_watched()
    {
        var output = new StringWriter();
        double total = EpisodeViewer.Watch(new GridMaze(["S.G"]), _ => 1, output: output, framesPerSecond: 0);
        Assert.Equal(-2, total);
        Assert.Equal("@.G\nstep 0\nS@G\nstep 1\nS.@\nstep 2\nreturn -2\n", output.ToString().Replace("\r", ""));
        Draws(new CartPole());
        Draws(new MountainCar());
        Draws(new Pendulum());
        Draws(new Blackjack());
        Draws(new TicTacToe());
        Draws(new GaussianBandit());
        Draws(new CorridorRecall());

        static void Draws<TObservation, TAction>(IEnvironment<TObservation, TAction> environment)
        {
            Assert.Throws<InvalidOperationException>(environment.Render);
            environment.Reset(0);
            Assert.False(string.IsNullOrWhiteSpace(environment.Render()));
        }
    }
}

internal static class TicTacToeStart
{
    /// <summary>What is seen after the first action.</summary>
    public static int Start(this TicTacToe game, int action)
    {
        game.Reset(0);
        return game.Step(action).Observation;
    }
}
