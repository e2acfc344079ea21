using Dsl.Runtime;
using Dsl.Tests.Reinforcements;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Agents in both targets against PyTorch, and what they learn of.</summary>
public sealed class ReinforcementGoldenTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"dsl-{Guid.NewGuid():N}.safetensors");

    [Theory]
    [InlineData("dqn", typeof(DqnOfThree))]
    [InlineData("dqn", typeof(DqnOfThreeAutograd))]
    [InlineData("double", typeof(DoubleOfThree))]
    [InlineData("double", typeof(DoubleOfThreeAutograd))]
    [InlineData("dueling", typeof(DuelingTrainer))]
    [InlineData("dueling", typeof(DuelingTrainerAutograd))]
    [InlineData("priority", typeof(PriorityOfThree))]
    [InlineData("priority", typeof(PriorityOfThreeAutograd))]
    [InlineData("reinforce", typeof(ReinforceOfThree))]
    [InlineData("reinforce", typeof(ReinforceOfThreeAutograd))]
    public void One_network(string name, Type trainer) =>
        JointRun.ThreeSteps(Golden.Load("reinforcement/" + name), trainer, "model.");

    [Theory]
    [InlineData(typeof(A2cOfRememberer))]
    [InlineData(typeof(A2cOfRemembererAutograd))]
    public void Through_time_from_a_state_that_is_kept(Type trainer) =>
        JointRun.ThreeSteps(Golden.Load("reinforcement/recurrent_a2c"), trainer, "model.");

    [Theory]
    [InlineData("a2c", typeof(A2cOfThree))]
    [InlineData("a2c", typeof(A2cOfThreeAutograd))]
    [InlineData("ppo", typeof(PpoOfThree))]
    [InlineData("ppo", typeof(PpoOfThreeAutograd))]
    public void With_a_critic(string name, Type trainer) =>
        JointRun.ThreeSteps(Golden.Load("reinforcement/" + name), trainer, "model.", "critic.");

    [Fact]
    public void A_truncated_transition_counts_what_follows_and_a_terminated_one_does_not()
    {
        // Each episode is a step: to the goal, or cut.
        foreach (bool reaches in new[] { true, false })
        {
            using var model = new Cells(new Generator(1));
            using var trainer = new CellsTrainer(model) { Steps = 1 };
            trainer.Fit(Copies(reaches ? "SG............." : "S.............G", 1));
            Assert.Equal(reaches ? 1 : 0, trainer.Replay.Terminations.narrow(0, 0, 200).max().ToSingle());
            var (states, nexts) = (trainer.Replay.States.narrow(0, 0, 200), trainer.Replay.Nexts.narrow(0, 0, 200));

            // What is seen last is remembered, not the start of the next episode; all begin at the start.
            Assert.Equal(200, states.select(1, 0).sum().ToDouble());
            Assert.InRange(nexts.select(1, 1).sum().ToDouble(), 10, 190);
        }
    }

    [Fact]
    public void A_critic_values_the_last_observation_of_an_episode_that_is_cut()
    {
        // A constant value of 10: cut after each step, an advantage is −1 + 0.99·10 − 10; at the goal −1 − 10.
        foreach (bool reaches in new[] { true, false })
        {
            var environment = Copies(reaches ? "SG............." : "S.............G", 2);
            using var run = new EnvironmentRun();
            using var rollout = new Rollout(32, 15);
            using var policy = nn.Linear(15, 4);
            using var critic = nn.Linear(15, 1);
            using (no_grad())
            {
                critic.weight!.zero_();
                Aten.fill_(critic.bias!, 10);
            }

            using var sampler = new RolloutSampler(
                environment, run, rollout, policy, critic, new RolloutSettings(16, 32, 1, 0.99, 1, false), 3, CPU);
            using var indices = sampler.Indices(0);
            float[] advantages = rollout.Advantages.data<float>().ToArray();
            float[] expected = reaches ? [-11, -1 + 9.9f - 10] : [-1 + 9.9f - 10];
            Assert.All(advantages, found => Assert.Contains(expected, number => Math.Abs(number - found) < 1e-5));
            Assert.Equal(reaches, advantages.Min() < -10);
            Assert.True(rollout.Returns.sub(rollout.Advantages).sub(10).abs().max().ToSingle() < 1e-5);
        }
    }

    [Fact]
    public void A_resumed_run_with_a_memory_is_the_uninterrupted_one()
    {
        var (whole, model, _) = Fitted(60);
        using (whole)
        using (model)
        {
            using var first = Fitted(23).Trainer;
            first.Save(_path);
            using var again = new Balance(new Generator(99));
            using var second = new Balancer(again) { Steps = 60 };
            second.Resume(_path, withOtherNumbers: true);
            second.Fit(Poles(2));
            Same(whole.Replay.States, second.Replay.States);
            Same(whole.Replay.Nexts, second.Replay.Nexts);
            Same(whole.Replay.Rewards, second.Replay.Rewards);
            Same(whole.Replay.Actions, second.Replay.Actions);
            Same(whole.Replay.Added, second.Replay.Added);
            Same(whole.Lived.Log, second.Lived.Log);
            Same(whole.Lived.Returns, second.Lived.Returns);
            Same(whole.Target.Arena.Values, second.Target.Arena.Values);
            Same(model.Arena.Values, again.Arena.Values);
            Assert.True(whole.Lived.EpisodeCount > 5);
            Assert.Throws<DataMismatchException>(() => second.Fit(Poles(3)));
        }

        static (Balancer Trainer, Balance Model, object? Unused) Fitted(int steps)
        {
            var model = new Balance(new Generator(5));
            var trainer = new Balancer(model) { Steps = steps };
            trainer.Fit(Poles(2));
            return (trainer, model, null);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_says_how_wrong_each_transition_was(bool isAutograd)
    {
        var golden = Golden.Load("reinforcement/priority");
        using var model = new Three();
        golden.Restore(model.state_dict(), "initial.model.");
        dynamic trainer = isAutograd ? new PriorityOfThreeAutograd(model) : new PriorityOfThree(model);
        using var ended = (IDisposable)trainer;
        var state = (Dictionary<string, Tensor>)((object)trainer).GetType()
            .GetMethod("State", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
            .Invoke((object)trainer, null)!;
        using (no_grad())
        {
            foreach (var (name, value) in state.Where(each => each.Key.StartsWith("target.", StringComparison.Ordinal)))
                value.copy_(golden["initial." + name]);
        }

        Type type = ((object)trainer).GetType().GetNestedType("Batch")!;
        dynamic batch = type.GetConstructors().Single(made => made.GetParameters().Length > 1).Invoke(
            [.. type.GetConstructors().Single(made => made.GetParameters().Length > 1).GetParameters()
                .Select(part => (object)golden["step0.batch." + part.Name!.ToLowerInvariant()].alias())]);
        trainer.Step(batch);
        long[] places = golden["step0.batch.index"].data<long>().ToArray();
        float[] errors = golden["step0.value.error"].data<float>().ToArray();
        double[] priorities = state["priorities"].data<double>().ToArray();
        for (int i = 0; i < places.Length; i++)
            Assert.Equal(Math.Pow(Math.Abs(errors[i]) + 1e-6, 0.6), priorities[places[i]], 1e-5);
        Assert.Equal(12, priorities.Count(priority => priority > 0));
    }

    [Fact]
    public void A_resumed_run_with_priorities_is_the_uninterrupted_one()
    {
        using var whole = new Balance(new Generator(5));
        using var other = new Balance(new Generator(5));
        using var again = new Balance(new Generator(6));
        using (var trainer = new BalancerByPriority(whole)) trainer.Fit(Poles(2));
        using (var trainer = new BalancerByPriority(other))
        {
            // The correction depends on the length of the run: saved in its midst, not at a shorter one's end.
            trainer.Fit(Poles(2), new SavesAt(23, () => trainer.Save(_path)));
        }

        using var resumed = new BalancerByPriority(again);
        resumed.Resume(_path);
        Assert.Equal(23, resumed.StepCount);
        resumed.Fit(Poles(2));
        Same(whole.Arena.Values, again.Arena.Values);
    }

    private sealed class SavesAt(long at, Action save) : ITrainingProgress
    {
        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss)
        {
            if (step == at) save();
        }

        public void Finished(TrainingReport report)
        {
        }
    }

    [Fact]
    public void A_resumed_run_in_the_midst_of_a_rollout_is_the_uninterrupted_one()
    {
        using var whole = new Balance(new Generator(5));
        using var other = new Balance(new Generator(5));
        using var again = new Balance(new Generator(6));
        using var worth = new BalanceWorth(new Generator(5));
        using var otherWorth = new BalanceWorth(new Generator(5));
        using var againWorth = new BalanceWorth(new Generator(6));
        using (var trainer = new BalancerByPpo(whole, worth)) trainer.Fit(Poles(4));
        using (var trainer = new BalancerByPpo(other, otherWorth) { Steps = 32 })
        {
            trainer.Fit(Poles(4));
            trainer.Save(_path);
        }

        using var resumed = new BalancerByPpo(again, againWorth);
        resumed.Resume(_path, withOtherNumbers: true);
        resumed.Fit(Poles(4));
        Same(whole.Arena.Values, again.Arena.Values);
        Same(worth.Arena.Values, againWorth.Arena.Values);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_tells_what_it_earns()
    {
        double[] first = Run(1), second = Run(1), other = Run(2);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);

        static double[] Run(long seed)
        {
            using var model = new Balance(new Generator(5));
            using var worth = new BalanceWorth(new Generator(5));
            using var trainer = new BalancerByActor(model, worth) { Seed = seed };
            var report = trainer.Fit(Poles(3));
            Assert.Equal(60 * 12, trainer.Lived.StepCount);
            double told = report.Epochs[^1].Validation.First(number => number.Name == "return").Value;
            Assert.Equal(trainer.Lived.Recently().MeanReturn, told);
            Assert.InRange(told, 8, 60);
            return [.. model.Arena.Values.data<float>().ToArray().Select(value => (double)value)];
        }
    }

    [Fact]
    public void A_maze_is_solved_by_values_of_a_network()
    {
        string[] map = ["S.#..", "..#.G", "....."];
        using var model = new Cells(new Generator(3));
        using var trainer = new CellsTrainer(model);
        trainer.Fit(new VectorEnvironment<float[], int>(() => New()));
        var solution = ValueIteration.Solve(new GridMaze(map), 1);
        var environment = new VectorEnvironment<float[], int>(() => New());
        Assert.Equal(solution.Values[0], EpisodeEvaluation.Of(model, environment, 1).MeanReturn);

        OneHotObservation<int> New() => new(new GridMaze(map, maximumSteps: 50));
    }

    [Fact]
    public void Episodes_teach_a_policy_to_balance()
    {
        using var model = new Balance(new Generator(3));
        using var trainer = new BalancerByEpisodes(model) { Steps = 60, BatchSize = 5 };
        trainer.Fit(Poles(1));
        Assert.True(trainer.Lived.Recently().MeanReturn > 45, $"{trainer.Lived.Recently().MeanReturn}");
        Assert.Equal(300, trainer.Lived.EpisodeCount);
    }

    [Fact]
    public void A_recurrent_policy_remembers_a_sign_that_another_cannot()
    {
        using Forgetful forgetful = new(new Generator(1));
        using ForgetfulWorth worth = new(new Generator(1));
        using (var trainer = new ForgetfulTrainer(forgetful, worth)) trainer.Fit(Corridors(() => new CorridorRecall(3)));
        using Remembering remembering = new(new Generator(1));
        using RememberingWorth rememberingWorth = new(new Generator(1));
        using (var trainer = new RememberingTrainer(remembering, rememberingWorth))
            trainer.Fit(Corridors(() => new ObservationWindow<int>(new CorridorRecall(3), 4)));
        Assert.InRange(EpisodeEvaluation.Of(forgetful, Corridors(() => new CorridorRecall(3)), 200).MeanReturn, -0.35, 0.35);
        Assert.Equal(1, EpisodeEvaluation.Of(
            remembering, Corridors(() => new ObservationWindow<int>(new CorridorRecall(3), 4)), 200).MeanReturn);

        static VectorEnvironment<float[], int> Corridors(Func<IEnvironment<float[], int>> make) => new(make, 8);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var model = new Balance(new Generator(1));
        using var worth = new BalanceWorth(new Generator(1));
        using var trainer = new Balancer(model);

        // Three actions for a network with two outputs.
        Assert.Contains("[1, 3]", Assert.ThrowsAny<Exception>(() => trainer.Fit(new VectorEnvironment<float[], int>(
            () => new FourSeen()))).Message);
        using var actor = new BalancerByActor(model, worth);
        Assert.Contains("give 3 environments", Assert.Throws<DataMismatchException>(() => actor.Fit(Poles(2))).Message);
        using var episodes = new BalancerByEpisodes(model);
        Assert.Throws<DataMismatchException>(() => episodes.Fit(Poles(2)));
    }

    public void Dispose() => File.Delete(_path);

    private static void Same(Tensor expected, Tensor actual) => Assert.Equal(expected.bytes.ToArray(), actual.bytes.ToArray());

    private static VectorEnvironment<float[], int> Poles(int count) => new(() => new CartPole(), count);

    private static VectorEnvironment<float[], int> Copies(string row, int count) =>
        new(() => new OneHotObservation<int>(new GridMaze([row], maximumSteps: 1)), count);

    private sealed class FourSeen : IEnvironment<float[], int>
    {
        public ISpace<float[]> Observations { get; } = new BoxSpace([0, 0, 0, 0], [1, 1, 1, 1]);

        public ISpace<int> Actions { get; } = new DiscreteSpace(3);

        public float[] Reset(long seed) => new float[4];

        public EnvironmentStep<float[]> Step(int action) => new(new float[4], 0, false, false);

        public string Render() => "";
    }
}
