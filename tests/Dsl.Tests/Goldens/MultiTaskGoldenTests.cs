using Dsl.Runtime;
using Dsl.Tests.MultiTask;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Two heads whose losses are weighed by learned uncertainties, against PyTorch, in both targets.</summary>
public class MultiTaskGoldenTests
{
    [Fact]
    public void Three_steps_by_backward_operations()
    {
        using var model = Restored();
        using var trainer = new WeighedTrainer(model);
        Check(model, trainer.Adapters, trainer.UncertaintyCrossEntropyFirst, trainer.UncertaintyCrossEntropySecond,
            (input, label) =>
            {
                var losses = trainer.ComputeGradients(new WeighedTrainer.Batch(input, label), new WeighedTrainer.Draws());
                return (losses.Total, losses.CrossEntropyFirst, losses.CrossEntropySecond);
            }, trainer.ApplyGradients);
    }

    [Fact]
    public void Three_steps_by_autograd()
    {
        using var model = Restored();
        using var trainer = new WeighedTrainerByAutograd(model);
        Check(model, trainer.Adapters, trainer.UncertaintyCrossEntropyFirst, trainer.UncertaintyCrossEntropySecond,
            (input, label) =>
            {
                var losses = trainer.ComputeGradients(
                    new WeighedTrainerByAutograd.Batch(input, label), new WeighedTrainerByAutograd.Draws());
                return (losses.Total, losses.CrossEntropyFirst, losses.CrossEntropySecond);
            }, trainer.ApplyGradients);
    }

    /// <summary>What is learned of the weights, and its momentum, is in a checkpoint.</summary>
    [Fact]
    public void A_resumed_run_ends_alike()
    {
        using var generator = new Generator(3);
        using var data = new InMemoryData(
            randn(64, 6, generator: generator), randint(0, 3, new long[] { 64 }, ScalarType.Int64, generator: generator));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var model = new TwoHeads(new Generator(1));
        using var trainer = new WeighedTrainer(model) { Steps = 2 };
        trainer.Fit(data);
        trainer.Save(path);
        trainer.Steps = 4;
        trainer.Fit(data);
        using var other = new TwoHeads(new Generator(2));
        using var resumed = new WeighedTrainer(other) { Steps = 2 };
        resumed.Resume(path);
        resumed.Steps = 4;
        resumed.Fit(data);
        File.Delete(path);
        Close.To(model.Arena.Values, other.Arena.Values, "parameters", 0);
        Close.To(trainer.UncertaintyCrossEntropySecond, resumed.UncertaintyCrossEntropySecond, "s", 0);
        Assert.NotEqual(0, Aten.item(trainer.UncertaintyCrossEntropySecond));
    }

    /// <summary>Gradients that conflict on the trunk, three steps.</summary>
    [Fact]
    public void Gradients_without_what_is_in_conflict()
    {
        using var model = Restored("pcgrad");
        using var trainer = new SurgeryTrainer(model);
        CheckBalanced("pcgrad", model, trainer.TaskGradients, (input, label) =>
        {
            var losses = trainer.ComputeGradients(new SurgeryTrainer.Batch(input, label), new SurgeryTrainer.Draws());
            return (losses.Total, losses.CrossEntropyFirst, losses.CrossEntropySecond);
        }, trainer.ApplyGradients, weights: null);
    }

    /// <summary>Weights that follow the lengths of gradients, which PyTorch differentiates twice.</summary>
    [Fact]
    public void Weights_that_follow_the_lengths_of_gradients()
    {
        using var model = Restored("gradnorm");
        using var trainer = new BalancedTrainer(model);
        CheckBalanced("gradnorm", model, trainer.TaskGradients, (input, label) =>
        {
            var losses = trainer.ComputeGradients(new BalancedTrainer.Batch(input, label), new BalancedTrainer.Draws());
            return (losses.Total, losses.CrossEntropyFirst, losses.CrossEntropySecond);
        }, trainer.ApplyGradients, trainer.TaskGradients.Weights);
    }

    /// <summary>Where nothing conflicts nothing is taken: two equal heads, and numbers of the trainer's own.</summary>
    [Fact]
    public void Without_a_conflict_gradients_add_up()
    {
        using var scope = NewDisposeScope();
        using var model = new TwoHeads(new Generator(1));
        using var other = new TwoHeads(new Generator(1));
        foreach (var network in new[] { model, other })
        {
            var state = network.named_parameters().Select(named => named.parameter).ToList();
            using var noGrad = no_grad();
            state[4].copy_(state[2]);
            state[5].copy_(state[3]);
        }

        using var trainer = new WeighedSurgeryTrainer(model);
        using var plain = new WeighedPlainTrainer(other);
        for (int step = 0; step < 3; step++)
        {
            Tensor input = randn(10, 6), label = randint(0, 3, new long[] { 10 }, ScalarType.Int64);
            trainer.Step(new WeighedSurgeryTrainer.Batch(input, label));
            plain.Step(new WeighedPlainTrainer.Batch(input, label));
            Assert.True(trainer.TaskGradients.Cosines()[0, 1] > 0);
        }

        Close.To(other.Arena.Values, model.Arena.Values, "parameters", 1e-6);
        Close.To(plain.Adapters.Values, trainer.Adapters.Values, "uncertainties", 1e-6);
        Assert.NotEqual(0, Aten.item(trainer.UncertaintyCrossEntropySecond));
    }

    /// <summary>Weights and first losses are in a checkpoint.</summary>
    [Fact]
    public void A_resumed_run_with_balanced_gradients_ends_alike()
    {
        using var generator = new Generator(3);
        using var data = new InMemoryData(
            randn(64, 6, generator: generator), randint(0, 3, new long[] { 64 }, ScalarType.Int64, generator: generator));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var model = new TwoHeads(new Generator(1));
        using var trainer = new BalancedTrainer(model) { Steps = 2 };
        trainer.Fit(data);
        trainer.Save(path);
        trainer.Steps = 5;
        trainer.Fit(data);
        using var other = new TwoHeads(new Generator(2));
        using var resumed = new BalancedTrainer(other) { Steps = 2 };
        resumed.Resume(path);
        resumed.Steps = 5;
        resumed.Fit(data);
        File.Delete(path);
        Close.To(model.Arena.Values, other.Arena.Values, "parameters", 0);
        Close.To(trainer.TaskGradients.Weights, resumed.TaskGradients.Weights, "weights", 0);
        Assert.Equal(2, Aten.item(trainer.TaskGradients.Weights.sum()), 1e-5);
        Assert.NotEqual(1, Aten.item(trainer.TaskGradients.Weights[0]));
    }

    private static void CheckBalanced(
        string name, TwoHeads model, TaskGradients gradients,
        Func<Tensor, Tensor, (Tensor Total, Tensor First, Tensor Second)> compute, Action apply, Tensor? weights)
    {
        var golden = Golden.Load("multi_task/" + name);
        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            var losses = compute(golden[at + "input"].clone(), golden[at + "label"].clone());
            golden.Matches(at + "loss.total", losses.Total);
            golden.Matches(at + "loss.first", losses.First);
            golden.Matches(at + "loss.second", losses.Second);
            foreach (var (place, named) in model.named_parameters().Index())
                golden.Matches($"{at}gradient.p{place}", ArenaGradient.Of(model.Arena, named.parameter));
            golden.Matches(at + "cosine", tensor(gradients.Cosines()[0, 1]), 1e-4);
            apply();
            foreach (var (place, named) in model.named_parameters().Index())
                golden.Matches($"{at}after.p{place}", named.parameter);
            if (weights is not null) golden.Matches(at + "after.weights", weights);
        }
    }

    private static TwoHeads Restored(string name = "uncertainty_weighting")
    {
        var golden = Golden.Load("multi_task/" + name);
        var model = new TwoHeads();
        using var noGrad = no_grad();
        foreach (var (place, named) in model.named_parameters().Index()) named.parameter.copy_(golden[$"p{place}"]);
        return model;
    }

    private static void Check(
        TwoHeads model, ParameterArena own, Tensor first, Tensor second,
        Func<Tensor, Tensor, (Tensor Total, Tensor First, Tensor Second)> compute, Action apply)
    {
        var golden = Golden.Load("multi_task/uncertainty_weighting");
        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            var losses = compute(golden[at + "input"].clone(), golden[at + "label"].clone());
            golden.Matches(at + "loss.total", losses.Total);
            golden.Matches(at + "loss.first", losses.First);
            golden.Matches(at + "loss.second", losses.Second);
            foreach (var (place, named) in model.named_parameters().Index())
                golden.Matches($"{at}gradient.p{place}", ArenaGradient.Of(model.Arena, named.parameter));
            golden.Matches(at + "gradient.first", ArenaGradient.Of(own, first));
            golden.Matches(at + "gradient.second", ArenaGradient.Of(own, second));
            apply();
            foreach (var (place, named) in model.named_parameters().Index())
                golden.Matches($"{at}after.p{place}", named.parameter);
            golden.Matches(at + "after.first", first);
            golden.Matches(at + "after.second", second);
        }
    }
}
