using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Reinforcement;

public class ReplayTests
{
    [Fact]
    public void A_full_buffer_forgets_the_oldest()
    {
        using var replay = new ReplayBuffer(3, 2);
        for (int i = 0; i < 5; i++) replay.Add([i, -i], i % 2, 10 * i, [i + 1, -i - 1], i == 4);
        Assert.Equal(3, replay.Count);
        Assert.Equal([30f, 40f, 20f], replay.Rewards.data<float>().ToArray());
        Assert.Equal([0f, 1f, 0f], replay.Terminations.data<float>().ToArray());
        using var places = tensor(new[] { 1L, 2L });
        using var states = ReplayBuffer.Read(replay.States, places, ScalarType.Float64);
        Assert.Equal([4.0, -4.0, 2.0, -2.0], states.data<double>().ToArray());
    }

    [Fact]
    public void Priorities_decide_how_often_and_weights_make_up_for_it()
    {
        using var priorities = new ReplayPriorities(5, 0.5);
        for (int place = 0; place < 4; place++) priorities.Add(place);
        using var places = tensor(new[] { 0L, 1L, 2L, 3L });
        using var errors = tensor(new[] { 1f, -4f, 0f, 16f });
        priorities.Learned(places, errors);
        double[] expected = [1, 2, 0.001, 4];
        Assert.All(expected.Zip(priorities.Values.data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        long[] drawn = priorities.Draw(70_010, new HostRandom(1));
        Assert.Equal(10_000, drawn.Count(place => place == 0), 30.0);
        Assert.Equal(20_000, drawn.Count(place => place == 1), 30.0);
        Assert.Equal(40_000, drawn.Count(place => place == 3), 30.0);
        Assert.DoesNotContain(4L, drawn);
        Assert.All(new[] { 1, 0.5, 0.25 }.Zip(priorities.Weights([0, 1, 3], 4, 1)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.Equal([1.0, 1.0], priorities.Weights([0, 3], 4, 0));

        // A new transition counts as much as any ever did, and sums counted anew are the same.
        priorities.Add(4);
        Assert.Equal(4, priorities.Values.data<double>().ToArray()[4], 1e-4);
        long[] before = priorities.Draw(50, new HostRandom(2));
        priorities.Count();
        Assert.Equal(before, priorities.Draw(50, new HostRandom(2)));
        using var beyond = tensor(new[] { 0L, 1L, 2L, 5L });
        Assert.Throws<DataMismatchException>(() => priorities.Learned(beyond, errors));
    }

    [Fact]
    public void Exploration_falls_evenly()
    {
        var settings = new ReplaySettings(8, 100, 4, 1, 0.1, 1000);
        Assert.Equal([1, 0.55, 0.1, 0.1], new[] { 0L, 500, 1000, 5000 }.Select(step => Math.Round(settings.EpsilonAt(step), 12)));
    }
}
