using System.Reflection;
using Dsl.Runtime;
using Dsl.Tests.Reinforcements;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Soft actor-critic in both targets against PyTorch, and what its runs keep.</summary>
public sealed class SacGoldenTests : IDisposable
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["State"] = "state",
        ["Action"] = "action",
        ["Reward"] = "reward",
        ["Next"] = "next",
        ["Terminated"] = "terminated",
        ["NextNoise"] = "next_noise",
        ["Noise"] = "noise",
    };

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"dsl-{Guid.NewGuid():N}.safetensors");

    [Theory]
    [InlineData(typeof(SacOfTwo))]
    [InlineData(typeof(SacOfTwoAutograd))]
    public void Three_steps(Type type)
    {
        using var model = new Acting();
        using Valued first = new(), second = new();
        using var trainer = (IDisposable)Activator.CreateInstance(type, Arguments(type, model, first, second))!;
        var golden = Golden.Load("reinforcement/sac");
        var run = Of(golden, trainer, model, first, second);
        run.CheckSteps();
        golden.Matches("step2.after.log_temperature", (Tensor)((dynamic)trainer).LogTemperature);
    }

    [Theory]
    [InlineData(typeof(SacOfTwo))]
    [InlineData(typeof(SacOfTwoAutograd))]
    public void Gradients_of_each_descent(Type type)
    {
        using var model = new Acting();
        using Valued first = new(), second = new();
        using var trainer = (IDisposable)Activator.CreateInstance(type, Arguments(type, model, first, second))!;
        Of(Golden.Load("reinforcement/sac"), trainer, model, first, second).CheckGradients();
    }

    [Fact]
    public void A_resumed_run_is_the_uninterrupted_one()
    {
        using Swinging whole = new(new Generator(5)), other = new(new Generator(5)), again = new(new Generator(6));
        using SwingingWorth first = new(new Generator(7)), second = new(new Generator(8));
        using SwingingWorth otherFirst = new(new Generator(7)), otherSecond = new(new Generator(8));
        using SwingingWorth againFirst = new(new Generator(1)), againSecond = new(new Generator(2));
        using var uninterrupted = new Swinger(whole, first, second);
        uninterrupted.Fit(Pendulums(2));
        using (var trainer = new Swinger(other, otherFirst, otherSecond) { Steps = 123 })
        {
            trainer.Fit(Pendulums(2));
            trainer.Save(_path);
        }

        using var resumed = new Swinger(again, againFirst, againSecond);
        resumed.Resume(_path, withOtherNumbers: true);
        resumed.Fit(Pendulums(2));
        Same(uninterrupted.Replay.States, resumed.Replay.States);
        Same(uninterrupted.Replay.Nexts, resumed.Replay.Nexts);
        Same(uninterrupted.Replay.Actions, resumed.Replay.Actions);
        Same(uninterrupted.Replay.Rewards, resumed.Replay.Rewards);
        Same(uninterrupted.Replay.Added, resumed.Replay.Added);
        Same(uninterrupted.Lived.Log, resumed.Lived.Log);
        Same(uninterrupted.Lived.Returns, resumed.Lived.Returns);
        Same(uninterrupted.LogTemperature, resumed.LogTemperature);
        Same(uninterrupted.Target.Arena.Values, resumed.Target.Arena.Values);
        Same(uninterrupted.SecondTarget.Arena.Values, resumed.SecondTarget.Arena.Values);
        Same(whole.Arena.Values, again.Arena.Values);
        Same(first.Arena.Values, againFirst.Arena.Values);
        Same(second.Arena.Values, againSecond.Arena.Values);
        Assert.Equal(2, uninterrupted.Lived.EpisodeCount);
        Assert.NotEqual(0, uninterrupted.LogTemperature.ToSingle());
        Assert.True(uninterrupted.Replay.Actions.abs().max().ToSingle() <= 1);
        Assert.Throws<DataMismatchException>(() => resumed.Fit(Pendulums(3)));
    }

    [Fact]
    public void What_it_cannot_act_in_is_refused()
    {
        using var model = new Swinging(new Generator(5));
        using SwingingWorth first = new(new Generator(7)), second = new(new Generator(8));
        using var trainer = new Swinger(model, first, second);
        Assert.Contains("infinite bound", Assert.Throws<DataMismatchException>(
            () => trainer.Fit(Boxes([-1], [float.PositiveInfinity]))).Message, StringComparison.Ordinal);
        Assert.Contains("[1, 4]", Assert.Throws<DataMismatchException>(
            () => trainer.Fit(Boxes([-1, -1], [1, 1]))).Message, StringComparison.Ordinal);

        static VectorEnvironment<float[], float[]> Boxes(float[] low, float[] high) => new(() => new Still(low, high));
    }

    [Fact]
    public void Evenly_drawn_actions_and_those_of_the_policy_fill_the_bounds()
    {
        // A policy of mean 0 and a deviation of e²: nearly every action is at a bound, which the environment must not refuse.
        using var policy = nn.Linear(3, 2);
        using (no_grad())
        {
            policy.weight!.zero_();
            policy.bias!.copy_(tensor([0f, 5f]));
        }

        using var run = new EnvironmentRun();
        using var replay = ReplayBuffer.OfVectors(400, 1, 3);
        using var sampler = new SacSampler(Pendulums(2), run, replay, policy, new SacSettings(8, 200, 200), 3, CPU);
        sampler.Indices(1).Dispose();
        float[] actions = replay.Actions.data<float>().ToArray();
        Assert.InRange(actions[..200].Select(Math.Abs).Average(), 0.42, 0.58);
        Assert.InRange(actions[200..].Select(Math.Abs).Average(), 0.85, 1);
        Assert.Equal(400, replay.Count);

        static double Mean(EpisodeEvaluation played) => played.MeanReturn;
        Assert.InRange(Mean(EpisodeEvaluation.Of(policy, Pendulums(5), 10)), -2000, -500);
    }

    public void Dispose() => File.Delete(_path);

    private static PhaseRun Of(Golden golden, object trainer, Acting model, Valued first, Valued second)
    {
        var states = (Dictionary<string, Tensor>)trainer.GetType()
            .GetMethod("State", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(trainer, null)!;
        using (no_grad())
        {
            foreach (var (name, value) in states.Where(state => state.Key.Contains("arget.", StringComparison.Ordinal)))
                value.copy_(golden["initial." + name.Replace("secondTarget", "second_target", StringComparison.Ordinal)]);
            ((Tensor)((dynamic)trainer).LogTemperature).copy_(golden["initial.log_temperature"]);
        }

        return new PhaseRun(golden, trainer, Names, "actor", ("critics.first", "Critic", first, first.Arena),
            ("critics.second", "Critic", second, second.Arena), ("model", "Actor", model, model.Arena));
    }

    private static object?[] Arguments(Type type, params object[] networks) =>
    [
        .. networks,
        .. type.GetConstructors().Single().GetParameters().Skip(networks.Length).Select(parameter => parameter.DefaultValue),
    ];

    private static VectorEnvironment<float[], float[]> Pendulums(int count) => new(() => new Pendulum(), count);

    private static void Same(Tensor expected, Tensor actual) => Assert.Equal(expected.bytes.ToArray(), actual.bytes.ToArray());

    private sealed class Still(float[] low, float[] high) : IEnvironment<float[], float[]>
    {
        public ISpace<float[]> Observations { get; } = new BoxSpace([0, 0, 0], [1, 1, 1]);

        public ISpace<float[]> Actions { get; } = new BoxSpace(low, high);

        public float[] Reset(long seed) => new float[3];

        public EnvironmentStep<float[]> Step(float[] action) => new(new float[3], 0, false, false);

        public string Render() => "";
    }
}
