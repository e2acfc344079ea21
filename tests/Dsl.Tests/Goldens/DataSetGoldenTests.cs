using Dsl.Runtime;
using Dsl.Tests.DataSets;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Objectives that have a data set for themselves, against PyTorch, in both targets.</summary>
public class DataSetGoldenTests
{
    [Fact]
    public void Two_heads_by_backward_operations()
    {
        using var model = new KindAndSize();
        using var trainer = new KindAndSizeTrainer(model);
        Check("heads", model, model.Arena, batch =>
        {
            var losses = trainer.ComputeGradients(
                new KindAndSizeTrainer.Batch(batch[0], batch[1], batch[2], batch[3]), new KindAndSizeTrainer.Draws());
            return (losses.CrossEntropyKind, losses.MeanSquaredErrorSizeSizes, losses.Total);
        }, trainer.ApplyGradients);
    }

    [Fact]
    public void Two_heads_by_autograd()
    {
        using var model = new KindAndSize();
        using var trainer = new KindAndSizeTrainerByAutograd(model);
        Check("heads", model, model.Arena, batch =>
        {
            var losses = trainer.ComputeGradients(
                new KindAndSizeTrainerByAutograd.Batch(batch[0], batch[1], batch[2], batch[3]),
                new KindAndSizeTrainerByAutograd.Draws());
            return (losses.CrossEntropyKind, losses.MeanSquaredErrorSizeSizes, losses.Total);
        }, trainer.ApplyGradients);
    }

    [Fact]
    public void One_head_by_backward_operations()
    {
        using var model = new OneHead();
        using var trainer = new DomainsTrainer(model);
        Check("domains", model, model.Arena, batch =>
        {
            var losses = trainer.ComputeGradients(
                new DomainsTrainer.Batch(batch[0], batch[1], batch[2], batch[3]), new DomainsTrainer.Draws());
            return (losses.CrossEntropy, losses.CrossEntropyOthers, losses.Total);
        }, trainer.ApplyGradients);
    }

    [Fact]
    public void One_head_by_autograd()
    {
        using var model = new OneHead();
        using var trainer = new DomainsTrainerByAutograd(model);
        Check("domains", model, model.Arena, batch =>
        {
            var losses = trainer.ComputeGradients(
                new DomainsTrainerByAutograd.Batch(batch[0], batch[1], batch[2], batch[3]),
                new DomainsTrainerByAutograd.Draws());
            return (losses.CrossEntropy, losses.CrossEntropyOthers, losses.Total);
        }, trainer.ApplyGradients);
    }

    /// <summary>Passes over the trainer's data are epochs; the other is read again where it is shorter, and a resumed run reads
    /// on where it stopped, bit by bit.</summary>
    [Fact]
    public void A_resumed_run_ends_alike()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using var kinds = new InMemoryData(
            randn(64, 6, generator: generator), randint(0, 3, [64], ScalarType.Int64, generator: generator));
        using var sizes = new InMemoryData(randn(27, 6, generator: generator), randn(27, 2, generator: generator));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var model = new KindAndSize(new Generator(1));
        using var trainer = new KindAndSizeTrainer(model) { Steps = 5 };
        trainer.Fit(kinds, sizes);
        Assert.Equal(8, trainer.StepsPerEpoch);
        trainer.Save(path);
        trainer.Steps = 12;
        trainer.Fit(kinds, sizes);
        using var other = new KindAndSize(new Generator(2));
        using var resumed = new KindAndSizeTrainer(other) { Steps = 5 };
        resumed.Resume(path);
        resumed.Steps = 12;
        resumed.Fit(kinds, sizes);
        File.Delete(path);
        Close.To(model.Arena.Values, other.Arena.Values, "parameters", 0);
    }

    /// <summary>Each head learns from its own data, which the evaluations say.</summary>
    [Fact]
    public void Both_heads_learn()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        Tensor first = randn(256, 6, generator: generator), second = randn(256, 6, generator: generator);
        using var kinds = new InMemoryData(first, first.narrow(1, 0, 3).argmax(1));
        using var sizes = new InMemoryData(second, second.narrow(1, 3, 2));
        using var model = new KindAndSize(new Generator(1));
        using var trainer = new KindAndSizeTrainer(model) { Steps = 1 };
        trainer.Fit(kinds, sizes);
        double kindBefore = trainer.Evaluate(kinds).Loss, sizeBefore = trainer.EvaluateSizes(sizes).MeanSquaredError;
        trainer.Steps = 600;
        trainer.Fit(kinds, sizes);
        double kind = trainer.Evaluate(kinds).Loss, size = trainer.EvaluateSizes(sizes).MeanSquaredError;
        Assert.True(kind < 0.5 * kindBefore, $"{kind} after {kindBefore}");
        Assert.True(size < 0.2 * sizeBefore, $"{size} after {sizeBefore}");
    }

    [Fact]
    public void Learned_weights_and_projected_gradients_go_with_them()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using var kinds = new InMemoryData(
            randn(64, 6, generator: generator), randint(0, 3, [64], ScalarType.Int64, generator: generator));
        using var sizes = new InMemoryData(randn(27, 6, generator: generator), randn(27, 2, generator: generator));
        using var weighed = new WeighedKindAndSizeTrainer(new KindAndSize(new Generator(1)));
        weighed.Fit(kinds, sizes);
        Assert.NotEqual(0, Aten.item(weighed.UncertaintyMeanSquaredErrorSizeSizes));
        using var surgery = new SurgeryKindAndSizeTrainer(new KindAndSize(new Generator(1)));
        surgery.Fit(kinds, sizes);
        Assert.InRange(surgery.TaskGradients.Cosines()[0, 1], -1, 1);
        Assert.NotEqual(0, surgery.TaskGradients.Cosines()[0, 1]);
    }

    private static void Check(
        string name, nn.Module model, ParameterArena arena, Func<Tensor[], (Tensor Own, Tensor Other, Tensor Total)> compute,
        Action apply)
    {
        var golden = Golden.Load("data_sets/" + name);
        using (no_grad())
        {
            foreach (var (place, named) in model.named_parameters().Index()) named.parameter.copy_(golden[$"p{place}"]);
        }

        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            var losses = compute([.. new[] { "input", "label", "other_input", "other_label" }
                .Select(part => golden[at + part].clone())]);
            golden.Matches(at + "loss.own", losses.Own);
            golden.Matches(at + "loss.other", losses.Other);
            golden.Matches(at + "loss.total", losses.Total);
            foreach (var (place, named) in model.named_parameters().Index())
                golden.Matches($"{at}gradient.p{place}", ArenaGradient.Of(arena, named.parameter));
            apply();
            foreach (var (place, named) in model.named_parameters().Index())
                golden.Matches($"{at}after.p{place}", named.parameter);
            if (name != "domains") continue;
            golden.Matches(at + "after.running_mean", model.state_dict()["1.running_mean"]);
            golden.Matches(at + "after.running_var", model.state_dict()["1.running_var"]);
        }
    }
}
