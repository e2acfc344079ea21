using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Training;

public sealed class NonFiniteStepTests
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Losses_gradients_and_buffers_must_be_finite(ScalarType dtype)
    {
        using var network = nn.BatchNorm1d(3).to(dtype);
        using var arena = new ParameterArena(16, dtype: dtype);
        using var skips = new StepSkips([arena], ("model", network));
        using var good = tensor(1.0);
        using var bad = tensor(double.NaN);
        skips.Begin();
        skips.Observe(good);
        Assert.True(skips.IsFinite());

        // One bad loss among those of an update is enough.
        skips.Observe(bad);
        skips.Observe(good);
        Assert.False(skips.IsFinite());
        skips.Skip(0, 9);
        Assert.True(skips.IsFinite());

        arena.Gradients[7] = double.NegativeInfinity;
        Assert.False(skips.IsFinite());
        skips.Skip(1, 9);
        Assert.Equal(0, arena.Gradients.abs().max().ToDouble());
        Assert.True(skips.IsFinite());

        network.running_var![1] = double.NaN;
        Assert.False(skips.IsFinite());
        Assert.Equal((2, 0), (skips.SkippedSteps, skips.ConsecutiveSteps));
    }

    [Fact]
    public void Buffers_are_those_before_the_first_batch_of_the_update()
    {
        using var network = nn.BatchNorm1d(3);
        using var arena = new ParameterArena(16);
        using var skips = new StepSkips([arena], ("model", network));
        using var bad = tensor(double.NaN);
        using var before = network.running_mean!.clone();
        skips.Begin();
        network.running_mean.fill_(7);
        skips.Begin();
        network.running_mean.fill_(8);
        skips.Observe(bad);
        Assert.False(skips.IsFinite());
        skips.Skip(0, 9);
        Assert.True(before.Equals(network.running_mean));
    }

    [Fact]
    public void The_last_of_a_row_ends_the_run_and_a_good_step_begins_a_new_row()
    {
        using var network = nn.Linear(2, 2);
        using var arena = new ParameterArena(16);
        using var skips = new StepSkips([arena], ("model", network));
        using var bad = tensor(double.PositiveInfinity);
        skips.Observe(bad);
        skips.Skip(4, 2);
        Assert.Equal(1, skips.ConsecutiveSteps);
        Assert.True(skips.IsFinite());
        skips.Observe(bad);
        skips.Skip(6, 2);
        skips.Observe(bad);
        var error = Assert.Throws<DivergedException>(() => skips.Skip(7, 2, ("Total", bad)));
        Assert.Contains("step 8 is the last of 2 in a row", error.Message, StringComparison.Ordinal);
        Assert.Contains("Not finite: the loss Total.", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, skips.SkippedSteps);
    }

    [Fact]
    public void Counts_and_the_kept_state_go_through_a_checkpoint()
    {
        using var network = nn.Linear(2, 2);
        using var arena = new ParameterArena(16);
        Dictionary<string, Tensor> State() => new() { ["weight"] = network.weight! };
        using var rolls = new StepRollBacks(State, [arena], ("model", network));
        using var kept = network.weight!.clone();
        Assert.Null(rolls.SnapshotStep);
        rolls.Begin(5, 10, 2, 0.5);
        Assert.Equal(5, rolls.SnapshotStep);
        using (no_grad()) network.weight.fill_(double.NaN);
        rolls.RollBack(6, 2, 0.5);
        Assert.True(kept.Equals(network.weight));

        using var other = new StepRollBacks(State, [arena], ("model", network));
        var saved = new Dictionary<string, Tensor>();
        var target = new Dictionary<string, Tensor>();
        rolls.AddTo(saved);
        other.AddTo(target);
        Assert.Equal(["rollBacks.record", "snapshot.weight"], target.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in target) tensor.copy_(saved[name]);
        Assert.Equal((1, 0.5, 5), (other.Count, other.LearningRateScale, other.SnapshotStep));
    }

    [Fact]
    public void Nothing_is_kept_before_the_first_batch()
    {
        using var network = nn.Linear(2, 2);
        using var arena = new ParameterArena(16);
        using var rolls = new StepRollBacks(() => new Dictionary<string, Tensor>(), [arena], ("model", network));
        arena.Gradients[0] = double.NaN;
        Assert.False(rolls.IsFinite());
        var error = Assert.Throws<DivergedException>(() => rolls.RollBack(0, 2, 0.5));
        Assert.Contains("no good state", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(2500, 1000)]
    public void A_watch_looks_at_buffers_when_an_epoch_ends_or_after_a_thousand_steps(long epoch, long expected)
    {
        using var network = nn.BatchNorm1d(3);
        var watch = new DivergenceWatch(network, epoch);
        using var losses = new LossMeans();
        network.running_var![2] = double.NaN;
        long step = 0;
        var error = Assert.Throws<DivergedException>(() =>
        {
            while (step < 3000) watch.Observe(++step, losses, onHost: true);
        });
        Assert.Equal(expected, step);
        Assert.Contains("'running_var' of", error.Message, StringComparison.Ordinal);
    }
}
