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

    /// <summary>Each layer's rate, and none before its epoch; moments follow the gradient meanwhile.</summary>
    [Theory, MemberData(nameof(Types))]
    public void Layers_that_learn_one_after_another(ScalarType type)
    {
        CheckDeep("unfreezing_adam", type, model => new UnfreezingAdam(model) { StepsPerEpoch = 3 }.ApplyGradients);
        CheckDeep("unfreezing_adam", type, model => new UnfreezingAdamAutograd(model) { StepsPerEpoch = 3 }.ApplyGradients);
        CheckDeep("unfreezing_sgd", type, model => new UnfreezingSgd(model) { StepsPerEpoch = 3 }.ApplyGradients);
        CheckDeep("unfreezing_sgd", type, model => new UnfreezingSgdAutograd(model) { StepsPerEpoch = 3 }.ApplyGradients);
    }

    [Fact]
    public void Rates_of_layers_and_of_groups_are_factors_of_each_other()
    {
        using var model = new TwoLayers();
        using var trainer = new ScaledTwice(model);
        using (no_grad()) model.Arena.Values.fill_(1);
        trainer.ApplyGradients();
        Close.To(full([6, 5], 1 - 0.1 / 4 / 2), model.Linear0Weight, "0.weight");
        Close.To(full([6], 1 - 0.1 / 4), model.Linear0Bias, "0.bias");
        Close.To(full([3, 6], 0.9), model.Linear2Weight, "2.weight");
        trainer.RateFactor = 1;
        trainer.ApplyGradients();
        Close.To(full([6], (1 - 0.1 / 4) * 0.9), model.Linear0Bias, "at the whole rate");
    }

    [Fact]
    public void With_a_depth_of_two_each_layer_of_a_method_is_a_group()
    {
        using var model = new Towers();
        using var trainer = new TowersTrainer(model);
        using (no_grad()) model.Arena.Values.fill_(1);
        trainer.ApplyGradients();
        var state = model.state_dict();
        Close.To(full([6], 1 - 0.1 / 4), state["low.0.bias"], "low.0");
        Close.To(full([6], 1 - 0.1 / 2), state["low.2.bias"], "low.2");
        Close.To(full([3], 0.9), state["head.bias"], "head");
    }

    /// <summary>By <c>Fit</c>, and in a run that is resumed between two groups.</summary>
    [Fact]
    public void A_run_unfreezes_at_its_epochs_and_so_does_a_resumed_one()
    {
        using var data = new InMemoryData(randn(20, 5), randint(0, 3, new long[] { 20 }, ScalarType.Int64));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var model = new ThreeLayers(new Generator(1));
        using var trainer = new UnfreezingAdam(model) { Epochs = 1 };
        using var before = model.Arena.Values.clone();
        trainer.Fit(data);
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var start = before.narrow(0, parameter.storage_offset(), parameter.numel()).view(parameter.shape);
            Assert.Equal(!name.StartsWith("4.", StringComparison.Ordinal), start.Equals(parameter));
        }

        trainer.Save(path);
        trainer.Epochs = 3;
        trainer.Fit(data);
        using var other = new ThreeLayers(new Generator(2));
        using var resumed = new UnfreezingAdam(other) { Epochs = 1 };
        resumed.Resume(path);
        resumed.Epochs = 3;
        resumed.Fit(data);
        File.Delete(path);
        Close.To(model.Arena.Values, other.Arena.Values, "parameters", 0);
        Assert.False(before.narrow(0, 0, 30).Equals(model.Arena.Values.narrow(0, 0, 30)));
    }

    private static void Check(string name, ScalarType type, Func<TwoLayers, Action> create)
    {
        using var model = new TwoLayers().to(type);
        Check(name, model, model.Arena, () => create(model));
    }

    private static void CheckDeep(string name, ScalarType type, Func<ThreeLayers, Action> create)
    {
        using var model = new ThreeLayers().to(type);
        Check(name, model, model.Arena, () => create(model));
    }

    private static void Check(string name, nn.Module<Tensor, Tensor> model, ParameterArena arena, Func<Action> create)
    {
        var golden = Golden.Load("parameter_groups/" + name);
        golden.Restore(model.state_dict(), "initial.");
        var apply = create();
        for (int step = 0; step < 10; step++)
        {
            using (no_grad())
            {
                foreach (var (parameter, value) in model.named_parameters())
                    ArenaGradient.Of(arena, value).copy_(golden[$"step{step}.gradient.{parameter}"]);
            }

            apply();
            foreach (var (parameter, value) in model.named_parameters()) golden.Matches($"step{step}.after.{parameter}", value);
            Assert.Equal(0, arena.Gradients.abs().sum().ToDouble());
        }
    }
}
