using Dsl.Runtime;
using Dsl.Tests.Recipes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Parameters with settings of their own, against the groups of torch.optim.</summary>
public class ParameterGroupTests
{
    // The fused pass works in float32; a model in float64 takes the way of tensor operations.
    public static TheoryData<ScalarType> Types => [ScalarType.Float32, ScalarType.Float64];

    [Theory, MemberData(nameof(Types))]
    public void AdamW_that_decays_matrices(ScalarType type)
    {
        Check("adamw_matrices", type, model => new AdamWMatrices(model).ApplyGradients);
        Check("adamw_matrices", type, model => new AdamWMatricesAutograd(model).ApplyGradients);
    }

    [Theory, MemberData(nameof(Types))]
    public void Sgd_that_decays_matrices(ScalarType type)
    {
        Check("sgd_matrices", type, model => new SgdMatrices(model).ApplyGradients);
        Check("sgd_matrices", type, model => new SgdMatricesAutograd(model).ApplyGradients);
    }

    [Theory, MemberData(nameof(Types))]
    public void Adam_with_a_first_layer_of_its_own(ScalarType type)
    {
        Check("adam_first_layer", type, model => new AdamFirstLayer(model).ApplyGradients);
        Check("adam_first_layer", type, model => new AdamFirstLayerAutograd(model).ApplyGradients);
    }

    [Fact]
    public void The_longest_path_decides_and_a_vector_decays_when_it_is_named()
    {
        using var model = new TwoLayers();
        using var trainer = new Nested(model);
        using (no_grad()) model.Arena.Values.fill_(1);
        trainer.ApplyGradients();

        // Without a gradient, with rate 1, what is lost is the decay.
        Close.To(full([6, 5], 0.8), model.Linear0Weight, "0.weight");
        Close.To(full([6], 0.7), model.Linear0Bias, "0.bias");
        Close.To(full([3, 6], 0.95), model.Linear2Weight, "2.weight");
        Close.To(full([3], 1.0), model.Linear2Bias, "2.bias");
    }

    [Fact]
    public void The_settings_of_a_group_are_properties()
    {
        using var model = new TwoLayers();
        using var trainer = new AdamFirstLayer(model) { Group0LearningRateScale = 0, Group0WeightDecay = 0 };
        using var before = model.Linear0Weight.clone();
        using (no_grad()) model.Arena.Gradients.fill_(1);
        trainer.ApplyGradients();
        Assert.True(before.Equals(model.Linear0Weight));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Group0WeightDecay = -1);
    }

    [Theory, MemberData(nameof(Types))]
    public void What_is_frozen_or_has_no_rate_stays_as_it_is(ScalarType type)
    {
        using var model = new FrozenFirst().to(type);
        using var trainer = new FrozenLamb(model);
        using var before = model.Arena.Values.clone();
        for (int step = 0; step < 3; step++)
            trainer.Step(new(randn(8, 5, type), randint(0, 3, new long[] { 8 }, ScalarType.Int64)));
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var start = before.narrow(0, parameter.storage_offset(), parameter.numel()).view(parameter.shape);
            Assert.Equal(name != "2.weight", start.Equals(parameter));
        }
    }

    private static void Check(string name, ScalarType type, Func<TwoLayers, Action> create)
    {
        var golden = Golden.Load("parameter_groups/" + name);
        using var model = new TwoLayers().to(type);
        golden.Restore(model.state_dict(), "initial.");
        var apply = create(model);
        for (int step = 0; step < 10; step++)
        {
            using (no_grad())
            {
                foreach (var (parameter, value) in model.named_parameters())
                    ArenaGradient.Of(model.Arena, value).copy_(golden[$"step{step}.gradient.{parameter}"]);
            }

            apply();
            foreach (var (parameter, value) in model.named_parameters()) golden.Matches($"step{step}.after.{parameter}", value);
            Assert.Equal(0, model.Arena.Gradients.abs().sum().ToDouble());
        }
    }
}
