using Dsl.Runtime;
using Dsl.Tests.Oracles;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

/// <summary>A trainer, a network or data that are disposed say so by their names, whatever they are asked for.</summary>
public class DisposedTrainerTests
{
    [Fact]
    public void A_disposed_trainer_says_so()
    {
        using var model = new Everything();
        using var data = Images();
        var trainer = new AccumulatedMeanTeacher(model);
        trainer.Dispose();
        trainer.Dispose();
        Expect(typeof(AccumulatedMeanTeacher), Uses(trainer, data));
    }

    [Fact]
    public void A_trainer_whose_network_is_disposed_says_so()
    {
        var model = new Everything();
        using var data = Images();
        using var trainer = new AccumulatedMeanTeacher(model);
        model.Dispose();
        Expect(typeof(Everything), [.. Uses(trainer, data), () => new AccumulatedMeanTeacher(model)]);
    }

    [Fact]
    public void A_disposed_network_says_so()
    {
        var model = new Everything();
        model.Dispose();
        Expect(typeof(Everything), () => model.forward(randn(2, 2, 10, 10)), () => model.Forward(randn(2, 2, 10, 10), new()));
    }

    [Fact]
    public void The_autograd_target_and_early_stopping_say_so_too()
    {
        using var model = new Everything();
        using var data = Images();
        var trainer = new EventfulAutograd(model);
        trainer.Dispose();
        using var batch = new EventfulAutograd.Batch(data.Inputs.alias(), data.Labels.alias());
        Expect(
            typeof(EventfulAutograd),
            () => trainer.Fit(data, data, "never written"), () => trainer.Evaluate(data), () => trainer.Step(batch),
            () => trainer.ComputeGradients(batch, new()), trainer.ApplyGradients);
    }

    [Fact]
    public void Data_that_is_disposed_is_named_by_what_reads_it()
    {
        using var model = new Everything();
        using var trainer = new OneByOne(model);
        var data = Images();
        data.Dispose();
        Expect(typeof(InMemoryData), () => trainer.Fit(data), () => trainer.Evaluate(data), () => trainer.Evaluate(data, 2));
    }

    private static Action[] Uses(AccumulatedMeanTeacher trainer, InMemoryData data)
    {
        var batch = new AccumulatedMeanTeacher.Batch(data.Inputs.alias(), data.Labels.alias(), data.Inputs.alias());
        var draws = new AccumulatedMeanTeacher.Draws(empty(0), empty(0), empty(0));
        return
        [
            () => trainer.Fit(data, data), () => trainer.Evaluate(data), () => trainer.Evaluate(data, 2),
            () => trainer.Save("never written"), () => trainer.Resume("never read"), () => trainer.Seed = 3,
            () => trainer.SampleDraws(batch), () => trainer.Step(batch), () => trainer.Step([batch]),
            () => trainer.Step(batch, draws), () => trainer.ComputeGradients(batch, draws), trainer.ApplyGradients,
        ];
    }

    private static void Expect(Type disposed, params Action[] uses)
    {
        foreach (var use in uses) Assert.Equal(disposed.FullName, Assert.Throws<ObjectDisposedException>(use).ObjectName);
        Assert.False(File.Exists("never written"));
    }

    private static InMemoryData Images() => new(randn(8, 2, 10, 10), zeros([8], ScalarType.Int64));
}
