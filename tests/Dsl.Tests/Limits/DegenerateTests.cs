using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Limits;

/// <summary>Inputs without a spread, gradients of zero, weights of zero: nothing divides by them.</summary>
public class DegenerateTests
{
    private static readonly Tensor Labels = arange(4, ScalarType.Int64).remainder(3);

    [Theory, InlineData(0.0), InlineData(1.0), InlineData(1e-30), InlineData(1e4)]
    public void Values_of_no_spread_train(double value)
    {
        var images = full([4, 4, 2, 2], value, ScalarType.Float32);
        using var first = new FlattenedExplicit(New(generator => new Flattened(generator)));
        using var second = new FlattenedAutograd(New(generator => new Flattened(generator)));
        for (int i = 0; i < 3; i++)
        {
            Assert.True(double.IsFinite(first.Step(new(images, Labels)).Total.ToDouble()));
            second.Step(new(images, Labels));
        }

        Finite(first.Model);
        Finite(second.Model);
    }

    [Fact]
    public void A_row_of_zeros_has_no_direction_and_a_finite_gradient()
    {
        var rows = cat([zeros(2, 2, 4), randn(2, 2, 4)]);
        using var first = new UnitRowsExplicit(New(generator => new UnitRows(generator)));
        using var second = new UnitRowsAutograd(New(generator => new UnitRows(generator)));
        first.Step(new(rows, Labels));
        second.Step(new(rows, Labels));
        Finite(first.Model);
        Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "weights");
    }

    [Theory]
    [InlineData("StillClippedByNorm"), InlineData("StillClippedByUnit"), InlineData("StillLars"), InlineData("StillLamb")]
    [InlineData("StillAdam"), InlineData("StillRmsProp"), InlineData("StillAdagrad")]
    public void A_gradient_of_zero_moves_weights_that_are_zero_nowhere(string trainer)
    {
        using var model = new Still();
        using (no_grad()) model.Arena.Values.zero_();
        using var made = Made(trainer, model);
        var apply = made.GetType().GetMethod("ApplyGradients")!;
        for (int i = 0; i < 3; i++) apply.Invoke(made, []);
        Assert.Equal(0, model.Arena.Values.abs().max().ToDouble());
    }

    [Theory]
    [InlineData("StillLars"), InlineData("StillLamb"), InlineData("StillClippedByUnit")]
    public void Weights_that_are_zero_are_not_kept_there(string trainer)
    {
        using var model = new Still();
        using (no_grad()) model.Arena.Values.zero_();
        using var made = Made(trainer, model);
        using (no_grad()) model.Arena.Gradients.fill_(0.5);
        made.GetType().GetMethod("ApplyGradients")!.Invoke(made, []);
        Finite(model);
        Assert.True(model.Linear0Weight.abs().min().ToDouble() > 0);
    }

    [Fact]
    public void A_padding_vector_stays_zero_whatever_decays_and_averages()
    {
        using var trainer = new PaddedTrainer(New(generator => new Padded(generator)));
        var tokens = tensor(new long[] { 0, 1, 2, 0, 0, 3, 4, 0, 1, 2, 3, 0 }).view(4, 3);
        using var data = new InMemoryData(tokens, Labels.alias());
        trainer.Fit(data);
        Assert.Equal(0, trainer.Model.Embedding0Weight[0].abs().max().ToDouble());
        Assert.Equal(0, trainer.Average.Embedding0Weight[0].abs().max().ToDouble());
        Assert.True(trainer.Model.Embedding0Weight[1].abs().max().ToDouble() > 0);
    }

    [Fact]
    public void A_row_without_a_label_is_as_if_it_were_not_there_with_weights_and_smoothing()
    {
        var inputs = randn(5, 4);
        var labels = tensor(new long[] { 0, 2, -100, 1, 2 });
        var kept = tensor(new long[] { 0, 1, 3, 4 });
        using var first = new SmoothedWeighted(New(generator => new Still(generator)));
        using var second = new SmoothedWeighted(New(generator => new Still(generator)));
        using var autograd = new SmoothedWeightedAutograd(New(generator => new Still(generator)));
        double loss = first.Step(new(inputs, labels)).Total.ToDouble();
        double without = second.Step(new(inputs.index_select(0, kept), labels.index_select(0, kept))).Total.ToDouble();
        Assert.Equal(without, loss, 2e-6);
        Assert.Equal(loss, autograd.Step(new(inputs, labels)).Total.ToDouble(), 2e-6);
        Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "weights");
        Close.To(second.Model.Arena.Values, autograd.Model.Arena.Values, "autograd's weights");
    }

    private static IDisposable Made(string trainer, Still model) =>
        (IDisposable)Activator.CreateInstance(typeof(Still).Assembly.GetType($"Dsl.Tests.Limits.{trainer}")!, model, null)!;

    private static void Finite(nn.Module model)
    {
        foreach (var (name, value) in model.state_dict()) Assert.True(value.isfinite().all().ToBoolean(), name);
    }

    private static T New<T>(Func<Generator, T> create)
    {
        using var generator = new Generator(3);
        return create(generator);
    }
}
