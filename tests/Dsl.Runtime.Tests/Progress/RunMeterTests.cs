using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Progress;

public class RunMeterTests
{
    [Fact]
    public void A_loss_is_read_only_when_the_interval_is_over()
    {
        var clock = new ManualClock();
        var meter = new RunMeter(TimeSpan.FromSeconds(1), clock);
        using var unreadable = zeros(1);
        unreadable.Dispose();
        using var loss = tensor(0.5f);
        meter.Start(new TrainingRun("Trainer", 100, 10));
        Assert.False(meter.Take(1, unreadable));
        clock.Advance(0.9);
        Assert.False(meter.Take(2, unreadable));
        clock.Advance(0.1);
        Assert.True(meter.Take(3, loss));
        Assert.Equal(0.5, meter.Loss);
        Assert.False(meter.Take(4, unreadable));
    }

    [Fact]
    public void Speed_counts_the_steps_of_this_run_only()
    {
        var clock = new ManualClock();
        var meter = new RunMeter(TimeSpan.FromSeconds(1), clock);
        using var loss = tensor(0.5f);
        meter.Start(new TrainingRun("Trainer", 100, 10));
        meter.Take(1001, loss);
        clock.Advance(2);
        meter.Take(1010, loss);
        Assert.Equal(5, meter.StepsPerSecond);
    }

    /// <summary>A descent that a step is without keeps the loss that was read before.</summary>
    [Fact]
    public void The_losses_of_several_descents_are_the_last_that_there_were()
    {
        var clock = new ManualClock();
        var meter = new RunMeter(TimeSpan.FromSeconds(1), clock);
        using Tensor critic = tensor(0.5f), generator = tensor(2f);
        meter.Start(new TrainingRun("Trainer", 100, 10));
        Assert.Empty(meter.Losses);
        clock.Advance(1);
        meter.Take(1, critic, losses: [("critic", critic), ("generator", null)]);
        Assert.Equal([("critic", 0.5)], meter.Losses);
        clock.Advance(1);
        meter.Take(2, critic, losses: [("critic", critic), ("generator", generator)]);
        clock.Advance(1);
        meter.Take(3, generator, losses: [("critic", generator), ("generator", null)]);
        Assert.Equal([("critic", 2.0), ("generator", 2.0)], meter.Losses);
        Assert.Equal(2, meter.Loss);
    }
}
