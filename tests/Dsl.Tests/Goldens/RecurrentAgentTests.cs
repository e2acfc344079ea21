using Dsl.Runtime;
using Dsl.Tests.Reinforcements;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Agents that carry a state through an episode: what it is good for, where it begins anew, and that it is
/// saved.</summary>
public sealed class RecurrentAgentTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"dsl-{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_path);

    // The sign is seen in the first step, and the fork is reached in the eighth: what carries it is a state of 16 numbers.
    [Fact]
    public void A_state_that_is_carried_remembers_a_sign_that_another_policy_cannot()
    {
        using Forgetful forgetful = new(new Generator(1));
        using ForgetfulWorth worth = new(new Generator(1));
        using (var trainer = new ForgetfulTrainer(forgetful, worth) { Steps = 100 }) trainer.Fit(Corridors(8));
        using Carrying carrying = new(new Generator(1));
        using (var trainer = new CarryingTrainer(carrying)) trainer.Fit(Corridors(16));
        Assert.InRange(EpisodeEvaluation.Of(forgetful, Corridors(8), 200).MeanReturn, -0.35, 0.35);
        Assert.True(EpisodeEvaluation.Of(carrying.forward, 16, Corridors(16), 200).MeanReturn > 0.95);

        static VectorEnvironment<float[], int> Corridors(int copies) => new(() => new CorridorRecall(7), copies);
    }

    [Fact]
    public void A_resumed_run_with_a_memory_of_its_own_is_the_uninterrupted_one()
    {
        using var whole = new Carrying(new Generator(5));
        using var other = new Carrying(new Generator(5));
        using var again = new Carrying(new Generator(6));
        using var uninterrupted = new CarryingTrainer(whole) { Steps = 20 };
        uninterrupted.Fit(Corridors());

        // Rollouts of 10 steps end in the midst of episodes of 9.
        using (var trainer = new CarryingTrainer(other) { Steps = 7 })
        {
            trainer.Fit(Corridors());
            trainer.Save(_path);
        }

        using var resumed = new CarryingTrainer(again) { Steps = 20 };
        resumed.Resume(_path, withOtherNumbers: true);
        resumed.Fit(Corridors());
        Assert.Equal(whole.Arena.Values.bytes.ToArray(), again.Arena.Values.bytes.ToArray());
        Assert.Equal(uninterrupted.Lived.Log.bytes.ToArray(), resumed.Lived.Log.bytes.ToArray());

        static VectorEnvironment<float[], int> Corridors() => new(() => new CorridorRecall(8), 16);
    }

    // A constant value of 10, γ = 0.5, λ = 0. An episode of 3 steps is cut at the third: r + 0.5·10 − 10 each; terminated,
    // the last step has r − 10. The memory counts the steps of an episode.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_remembered_begins_anew_with_each_episode(bool cut)
    {
        using var scope = NewDisposeScope();
        using var run = new EnvironmentRun();
        using var rollout = new RecurrentRollout(2, 5, 1, 2);
        var asked = new List<float[]>();
        using var sampler = new RecurrentRolloutSampler(
            new VectorEnvironment<float[], int>(() => new ThreeSteps(cut), 2), run, rollout,
            (seen, memory) =>
            {
                asked.Add(memory.data<float>().ToArray());
                return (zeros(2, 2), full([2, 1], 10f), memory + 1);
            },
            new RolloutSettings(5, 2, 1, 0.5, 0, false), 3, ScalarType.Float32, CPU);
        using (sampler.Indices(0))
        {
        }

        double[] advantages = [.. rollout.Advantages[0].data<float>().ToArray().Select(number => (double)number)];
        Assert.Equal(cut ? [-5, -5, -4, -5, -5] : [-5, -5, -9, -5, -5], advantages);
        Assert.Equal([1f, 1, 1, 0, 1], rollout.Kept[1].data<float>().ToArray());
        Assert.Equal([2f, 2f], rollout.Carried.data<float>().ToArray());
        using (sampler.Indices(1))
        {
        }

        Assert.Equal([2f, 2f], rollout.Memories.data<float>().ToArray());
        Assert.Equal([1f, 0, 1, 1, 0], rollout.Kept[0].data<float>().ToArray()[..5]);
        Assert.Equal(cut ? 3 : 2, asked.Max(memory => memory.Max()));
    }

    /// <summary>Episodes of three steps that earn 1 at their end, and are cut or terminated there.</summary>
    private sealed class ThreeSteps(bool cut) : EpisodicEnvironment<float[], int>(cut ? 3 : null)
    {
        public override ISpace<float[]> Observations { get; } = new BoxSpace([0, 0], [1, 1]);

        public override ISpace<int> Actions { get; } = new DiscreteSpace(2);

        protected override float[] Start() => [0, 0];

        protected override (float[] Observation, double Reward, bool Terminated) Advance(int action) =>
            ([0, 1], StepCount == 2 ? 1 : 0, !cut && StepCount == 2);

        protected override string Draw() => "";
    }
}
