using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Labels;

/// <summary>Losses and metrics in plain C#: the same numbers as the method, differentiated by autograd, gives.</summary>
public class OwnLossTests
{
    // Equal elements, bounds of clamp and zeros are among predictions and targets.
    private static readonly float[] Values =
        [0.3f, -1.2f, 0.5f, 2, 0, -0.4f, 1.5f, -2.2f, 0.25f, 0.75f, -0.5f, 0.1f, 1.1f, -0.9f, 0.6f, -1.7f, 0.2f, 0.8f, -0.3f,
            1.3f];

    [Fact]
    public void Explicit_is_what_autograd_says()
    {
        using var trainer = new PinballTrainer(Net());
        Check(trainer.Model, PinballTrainer.Pinball, Targets(), (x, y) => trainer.ComputeGradients(new(x, y), new()).Total);
        using var autograd = new PinballAutogradTrainer(Net());
        Check(autograd.Model, PinballTrainer.Pinball, Targets(), (x, y) => autograd.ComputeGradients(new(x, y), new()).Total);
    }

    [Fact]
    public void Every_function_has_its_derivative()
    {
        using var trainer = new EverythingTrainer(Net());
        Assert.Equal(0.5, trainer.EverythingWeight);
        Check(trainer.Model, Total, Targets(), (x, y) => trainer.ComputeGradients(new(x, y), new()).Total);
        using var autograd = new EverythingAutogradTrainer(Net());
        Check(autograd.Model, Total, Targets(), (x, y) => autograd.ComputeGradients(new(x, y), new()).Total);

        static Tensor Total(Tensor p, Tensor t) =>
            0.5 * EverythingTrainer.Everything(p, t).mean() + EverythingTrainer.Spread(p).mean();
    }

    [Fact]
    public void Several_batches_are_one_mean()
    {
        using var whole = new PinballTrainer(Net());
        using var parts = new PinballPartsTrainer(Net());
        var (x, y) = (Inputs(), Targets());
        whole.Step(new(x, y));
        parts.Step([new(x.narrow(0, 0, 2), y.narrow(0, 0, 2)), new(x.narrow(0, 2, 3), y.narrow(0, 2, 3))]);
        Close.To(whole.Model.Arena.Values, parts.Model.Arena.Values, "parameters", 1e-6);
    }

    [Fact]
    public void Classes_reach_a_method_that_is_called_as_it_stands()
    {
        using var trainer = new OwnClassesTrainer(Net());
        Check(trainer.Model, OwnClassesTrainer.Tempered, tensor([0L, 3, 1, 2, 2]),
            (x, y) => trainer.ComputeGradients(new(x, y), new()).Total);
    }

    [Fact]
    public void Evaluations_have_the_numbers()
    {
        using var trainer = new PinballTrainer(Net());
        using var data = new InMemoryData(Inputs(), Targets());
        var evaluation = trainer.Evaluate(data);
        var predictions = Predictions(trainer.Model);
        Assert.Equal(PinballTrainer.Pinball(predictions, Targets()).mean().ToDouble(), evaluation.Own["pinball"], 1e-6);
        Assert.Equal(PinballTrainer.Covered(predictions, Targets()), evaluation.Own["Covered"], 1e-6);
        Assert.Equal(PinballTrainer.Largest(predictions, Targets()).ToDouble(), evaluation.Own["largest"], 1e-6);
        Assert.Equal(["pinball", "covered", "largest"], evaluation.Own.Select(number => number.Name));
        Assert.Contains(("pinball", evaluation.Own["pinball"]), evaluation.Metrics);
        Assert.Equal(evaluation, trainer.Evaluate(data));
        Assert.Contains("pinball, covered, largest", Assert.Throws<KeyNotFoundException>(() => evaluation.Own["pin"]).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_of_classes_get_classes()
    {
        using var trainer = new OwnClassesTrainer(Net());
        var labels = tensor([0L, 3, 1, 2, 2]);
        using var data = new InMemoryData(Inputs(), labels);
        var evaluation = trainer.Evaluate(data);
        Assert.Equal(evaluation.Accuracy, 1 - evaluation.Own["errors"] / 5, 1e-6);
        Assert.Equal(
            OwnClassesTrainer.Tempered(Predictions(trainer.Model), labels).mean().ToDouble(), evaluation.Own["tempered"], 1e-6);
    }

    [Fact]
    public void A_loss_that_trains_nothing_is_refused()
    {
        using var trainer = new ConstantLossTrainer(Net());
        ConstantLossTrainer.IsConstant = true;
        string said = Assert.Throws<InvalidOperationException>(() => trainer.Step(new(Inputs(), Targets()))).Message;
        Assert.StartsWith("Gone returned a loss that depends on no prediction", said, StringComparison.Ordinal);
        ConstantLossTrainer.IsConstant = false;
        trainer.Step(new(Inputs(), Targets()));
    }

    [Theory]
    [InlineData(ScalarType.Int64, "Gone returned Int64, where a loss is expected")]
    [InlineData(ScalarType.Float32, "Gone returned [0], which has no number in it.")]
    public void What_is_no_loss_is_refused(ScalarType type, string message) => Assert.StartsWith(message,
        Assert.Throws<InvalidOperationException>(() => OwnLoss.Mean(zeros(type == ScalarType.Int64 ? 1 : 0, type), "Gone"))
            .Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_quantile_is_learned()
    {
        using var generator = Seeded();
        var x = rand([2000, 1], generator: generator);
        using var data = new InMemoryData(x, x + (x * randn([2000, 1], generator: generator)));
        using var trainer = new UpperTrainer(new Upper(generator));
        trainer.Fit(data);
        Assert.InRange(trainer.Evaluate(data).Own["covered"], 0.86, 0.94);
    }

    [Fact]
    public void A_run_stops_by_the_loss_that_it_trains()
    {
        using var generator = Seeded();
        var x = rand([400, 1], generator: generator);
        using var data = new InMemoryData(x, x + randn([400, 1], generator: generator));
        using var trainer = new WatchingTrainer(new Upper(generator));
        var run = trainer.Fit(data, data);
        var best = run.Epochs.MinBy(epoch => Watched(epoch, "pinball"))!;
        Assert.Equal(best.Epoch, run.BestEpoch);
        Assert.NotEqual(run.Epochs.MinBy(epoch => Watched(epoch, "loss"))!.Epoch, run.BestEpoch);
        Assert.Equal(Watched(best, "pinball"), trainer.Evaluate(data).Own["pinball"], 1e-9);

        static double Watched(EpochReport epoch, string name) => epoch.Validation.Single(number => number.Name == name).Value;
    }

    [Fact]
    public void Tables_measure_in_their_unit()
    {
        var rows = Enumerable.Range(0, 32).Select(i => new OwnRow(i % 5, i % 7, 100 + 3 * (i % 5) - 2 * (i % 7))).ToList();
        var table = OwnRow.From(rows);
        using var trainer = new OwnRowTrainer(new OwnRowNet(Seeded()));
        trainer.Fit(table);
        double bias = rows.Average(row => trainer.Predict(row) - row.Y);
        var evaluation = trainer.Evaluate(table);
        Assert.Equal(bias, evaluation.Own["bias"], 1e-3);
        Assert.True(evaluation.Own["logCosh"] > 0);
        Assert.Contains("logCosh", OwnRowTrainer.CrossValidate(table, folds: 4).ToString(), StringComparison.Ordinal);
    }

    private static void Check(
        OwnNet model, Func<Tensor, Tensor, Tensor> loss, Tensor target, Func<Tensor, Tensor, Tensor> trained)
    {
        using var scope = NewDisposeScope();
        using var oracle = Net();
        var wanted = loss(oracle.forward(Inputs()), target).mean();
        wanted.backward();
        Assert.Equal(wanted.ToDouble(), trained(Inputs(), target).ToDouble(), 1e-5);
        Assert.True(model.Arena.Gradients.abs().max().ToDouble() > 1e-3);
        foreach (var (own, other) in model.parameters().Zip(oracle.parameters()))
            Close.To(other.grad!, ArenaGradient.Of(model.Arena, own), "gradient", 1e-5);
    }

    // Predictions that are equal to targets, and inputs of which a row is zero.
    private static Tensor Inputs()
    {
        using var generator = Seeded();
        var inputs = randn([5, 5], generator: generator);
        inputs[0].zero_();
        return inputs;
    }

    private static Tensor Targets()
    {
        var targets = tensor(Values, [5, 4]);
        using var model = Net();
        targets[0] = model.forward(Inputs()).detach()[0];
        return targets;
    }

    private static Tensor Predictions(OwnNet model)
    {
        using var noGrad = no_grad();
        return model.forward(Inputs());
    }

    // Without the first bias a row of zeros is predicted as the second, whoever multiplies: equal numbers are so to the last bit.
    private static OwnNet Net()
    {
        var net = new OwnNet(Seeded());
        using var noGrad = no_grad();
        net.Linear0Bias.zero_();
        return net;
    }

    private static Generator Seeded() => new(3);
}
