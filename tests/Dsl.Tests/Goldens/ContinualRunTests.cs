using Dsl.Runtime;
using Dsl.Tests.Continual;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Trainers that go from task to task: what they keep, and what checkpoints hold of it.</summary>
public class ContinualRunTests
{
    /// <summary>A run that is saved in its second task and resumed by another trainer ends where the uninterrupted one
    /// does.</summary>
    [Fact]
    public void A_run_resumed_within_its_second_task_ends_alike()
    {
        using var first = Data(12, 1);
        using var second = Data(11, 2);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var model = new Mlp(new Generator(4));
        using var trainer = new AllMlp(model) { Seed = 9 };
        trainer.Fit(first);
        trainer.EndTask(first);
        Assert.Equal(1, trainer.Tasks.Count);
        Assert.NotEqual(9, trainer.Seed);
        trainer.Epochs = 1;
        trainer.Fit(second);
        trainer.Save(path);
        trainer.Epochs = 2;
        trainer.Fit(second);
        trainer.EndTask(second);
        trainer.Save(path + ".end");

        using var other = new Mlp(new Generator(5));
        using var resumed = new AllMlp(other) { Epochs = 1 };
        resumed.Resume(path);
        Assert.Equal(1, resumed.Tasks.Count);
        resumed.Epochs = 2;
        resumed.Fit(second);
        resumed.EndTask(second);
        resumed.Save(path + ".resumed");
        using var expected = Safetensors.Read(path + ".end");
        using var actual = Safetensors.Read(path + ".resumed");
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.Contains("ewc.importance", expected.Keys);
        Assert.Contains("rehearsed.inputs", expected.Keys);
        Assert.Contains("lastTask.1.weight", expected.Keys);
        foreach (var (name, value) in expected) Assert.True(value.equal(actual[name]).all().item<bool>(), name);
        foreach (string end in (string[])["", ".end", ".resumed"]) File.Delete(path + end);
    }

    /// <summary>What a parameter did is −g·Δθ: of the gradient before it is bounded, and of the whole way of an update.</summary>
    [Fact]
    public void Contributions_are_of_the_unbounded_gradient_and_of_the_whole_way()
    {
        using var data = Data(9, 1);
        using var model = new Mlp(new Generator(4));
        using var trainer = new SiBounded(model);
        using var before = model.Arena.Trainable.clone();
        trainer.ComputeGradients(new SiBounded.Batch(data.Inputs.clone(), data.Labels.clone()), new SiBounded.Draws());
        using var gradient = model.Arena.Gradients.clone();
        trainer.ApplyGradients();
        Assert.True(Aten.item(gradient.norm()) > 0.2);
        Close.To((before - model.Arena.Trainable) * gradient, trainer.Synaptic.Path, "contributions");
        Assert.Equal(0.1 * 0.1 * 0.5, Aten.item((before - model.Arena.Trainable).norm()), 1e-6);
    }

    /// <summary>Contributions and memory are in a checkpoint of the second task.</summary>
    [Fact]
    public void A_run_with_contributions_and_a_memory_resumed_within_its_second_task_ends_alike()
    {
        using var first = Data(12, 1);
        using var second = Data(11, 2);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var model = new Mlp(new Generator(4));
        using var trainer = new SiAgemMlp(model);
        Assert.True(double.IsNaN(trainer.Projection.Cosine()));
        trainer.Fit(first);
        trainer.EndTask(first);
        trainer.Epochs = 1;
        trainer.Fit(second);
        Assert.InRange(trainer.Projection.Cosine(), -1, 1);
        trainer.Save(path);
        trainer.Epochs = 2;
        trainer.Fit(second);
        trainer.EndTask(second);

        using var other = new Mlp(new Generator(5));
        using var resumed = new SiAgemMlp(other) { Epochs = 1 };
        resumed.Resume(path);
        resumed.Epochs = 2;
        resumed.Fit(second);
        resumed.EndTask(second);
        File.Delete(path);
        Close.To(model.Arena.Values, other.Arena.Values, "parameters", 0);
        Close.To(trainer.Synaptic.Importance, resumed.Synaptic.Importance, "importance", 0);
        Assert.True(Aten.item(trainer.Synaptic.Importance.max()) > 0);
        Close.To(trainer.Memory.Inputs, resumed.Memory.Inputs, "memory", 0);
    }

    /// <summary>With stored samples behind it a batch is that of both: a step on the union by hand is the same.</summary>
    [Fact]
    public void A_step_sees_stored_samples_behind_those_of_the_batch()
    {
        using var first = Data(4, 1);
        using var second = Data(5, 2);
        using var model = new Mlp(new Generator(4));
        using var trainer = new RehearsingMlp(model);
        trainer.EndTask(first);
        Assert.Equal(4, trainer.Rehearsed.Count);
        using var before = model.Arena.Values.clone();
        trainer.Steps = 1;
        trainer.Fit(second);
        using var after = model.Arena.Values.clone();

        using (no_grad()) model.Arena.Values.copy_(before);
        using var byHand = new RehearsingMlp(model);
        byHand.Step(new RehearsingMlp.Batch(
            cat([second.Inputs, first.Inputs], 0), cat([second.Labels, first.Labels], 0)));
        Close.To(after, model.Arena.Values, "a step on both", 1e-5);
        using (no_grad()) model.Arena.Values.copy_(before);
        using var alone = new RehearsingMlp(model);
        alone.Step(new RehearsingMlp.Batch(second.Inputs.clone(), second.Labels.clone()));
        Assert.True(Aten.item((after - model.Arena.Values).abs().max()) > 1e-3);
    }

    /// <summary>The second task's best weights are not the first one's.</summary>
    [Fact]
    public void Early_stopping_begins_anew_with_a_task()
    {
        using var first = Data(10, 1);
        using var second = Data(10, 2);
        using var model = new Mlp(new Generator(4));
        using var trainer = new StoppingMlp(model);
        trainer.Fit(first, first);
        using var atFirst = model.Arena.Values.clone();
        trainer.EndTask(first);
        var report = trainer.Fit(second, second);
        Assert.True(report.Epochs.Count <= 4);
        Assert.Equal(1, report.Epochs[0].Epoch);
        Assert.False(model.Arena.Values.equal(atFirst).all().item<bool>());
    }

    private static InMemoryData Data(int samples, ulong seed)
    {
        using var generator = new Generator(seed);
        return new InMemoryData(randn(samples, 1, 8, 8, generator: generator),
            randint(0, 5, new long[] { samples }, ScalarType.Int64, generator: generator));
    }
}
