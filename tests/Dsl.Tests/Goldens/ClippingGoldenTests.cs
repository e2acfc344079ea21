using Dsl.Tests.Recipes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Bounds on the gradient against PyTorch: from any weights, with rate 1, an update subtracts the clipped
/// gradient.</summary>
public class ClippingGoldenTests
{
    public static TheoryData<ScalarType> Types => [ScalarType.Float32, ScalarType.Float64];

    [Theory, MemberData(nameof(Types))]
    public void By_value(ScalarType type) => Check("value", type, model => new ClippedByValue(model).ApplyGradients);

    [Theory, MemberData(nameof(Types))]
    public void By_unit(ScalarType type) => Check("adaptive", type, model => new ClippedByUnit(model).ApplyGradients);

    [Fact]
    public void A_layer_that_is_excepted_keeps_its_gradient()
    {
        using var model = new Convolved();
        using var trainer = new ClippedButTheLast(model);
        using var before = model.Arena.Values.clone();
        using (no_grad()) model.Arena.Gradients.fill_(1);
        trainer.ApplyGradients();
        using var step = before - model.Arena.Values;
        Assert.Equal(1, Part(step, model.Linear2Weight).min().ToDouble(), 1e-6);
        Assert.InRange(Part(step, model.Conv2d0Weight).max().ToDouble(), 0, 0.01);
    }

    [Fact]
    public void A_bound_that_nothing_reaches_changes_nothing()
    {
        using var model = new Convolved();
        using var trainer = new ClippedByNothing(model);
        using var gradient = randn(model.Arena.Length);
        using var before = model.Arena.Values.clone();
        using (no_grad()) model.Arena.Gradients.copy_(gradient);
        trainer.ApplyGradients();
        Assert.True((before - gradient).Equals(model.Arena.Values));
    }

    private static Tensor Part(Tensor flat, Tensor parameter) => flat.narrow(0, parameter.storage_offset(), parameter.numel());

    private static void Check(string name, ScalarType type, Func<Convolved, Action> create)
    {
        var golden = Golden.Load("clipping/" + name);
        using var model = new Convolved().to(type);
        golden.Restore(model.state_dict(), "weight.");
        using (no_grad())
        {
            foreach (var (parameter, value) in model.named_parameters())
                ArenaGradient.Of(model.Arena, value).copy_(golden["gradient." + parameter]);
        }

        create(model)();
        foreach (var (parameter, value) in model.named_parameters())
            golden.Matches("clipped." + parameter, golden["weight." + parameter] - value);
    }
}
