using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Methods;

/// <summary>Models that are written as methods: against PyTorch, against stacks, in both targets.</summary>
public class MethodTests
{
    [Fact]
    public void Calling_layers_several_times_adds_their_gradients() =>
        LayerGoldenTests.Check<TwoPath, TwoPath.Tape>("methods/two_path");

    [Fact]
    public void Functions_and_operators_between_layers() =>
        LayerGoldenTests.Check<Functions, Functions.Tape>("methods/functions");

    [Fact]
    public void Functions_equal_central_differences()
    {
        manual_seed(4);
        using var model = new Functions().to(ScalarType.Float64);
        var input = randn([3, 4, 6], ScalarType.Float64);
        BothTargets.Agree(model, new Functions.Tape(), input);
        using var tape = new Functions.Tape();
        model.Arena.Gradients.zero_();
        model.Forward(input, tape);
        model.Backward(tape, ones([3, 3], ScalarType.Float64));
        using var gradients = model.Arena.Gradients.clone();
        Oracles.GradientOracleTests.Differences(model.Arena.Values, gradients, () => model.Forward(input, tape).sum().ToDouble());
    }

    [Fact]
    public void Parameters_are_named_after_methods()
    {
        using var model = new TwoPath();
        Assert.Equal(
            ["Conv1.bias", "Conv1.weight", "Head.1.bias", "Head.1.weight", "Wide.0.bias", "Wide.0.weight", "Wide.1.bias",
                "Wide.1.weight"],
            model.named_parameters().Select(parameter => parameter.name).Order(StringComparer.Ordinal));
        using var lower = new Functions();
        Assert.Equal(["first.bias", "first.weight", "second.bias", "second.weight"],
            lower.state_dict().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_step_equals_that_of_the_same_stack()
    {
        using var stack = new StackTrainer(Seeded(generator => new AsStack(generator)));
        using var method = new MethodTrainer(Seeded(generator => new AsMethods(generator)));
        using var autograd = new MethodAutogradTrainer(Seeded(generator => new AsMethods(generator)));
        manual_seed(1);
        for (int step = 0; step < 4; step++)
        {
            var (input, label) = (randn(6, 1, 8, 8), randint(0, 4, new long[] { 6 }, ScalarType.Int64));
            var expected = stack.Step(new(input, label), new()).Total;
            Close.To(expected, method.Step(new(input, label), new()).Total, "loss", 0);
            Close.To(expected, autograd.Step(new(input, label), new()).Total, "loss of autograd", 1e-4);
            Close.To(stack.Model.Arena.Values, method.Model.Arena.Values, "parameters", 0);
            Close.To(stack.Model.Arena.Values, autograd.Model.Arena.Values, "parameters of autograd", 1e-3);
        }

        stack.Model.eval();
        method.Model.eval();
        var test = randn(3, 1, 8, 8);
        Close.To(stack.Model.forward(test), method.Model.forward(test), "evaluation");
    }

    [Fact]
    public void A_forward_outside_of_the_subset_is_trained_by_autograd()
    {
        var golden = Golden.Load("methods/repeated");
        using var model = new Repeated();
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = new RepeatedTrainer(model);
        for (int step = 0; step < 3; step++)
            golden.Matches(
                $"step{step}.loss", trainer.Step(new(golden[$"step{step}.input"], golden[$"step{step}.label"]), new()).Total);
        foreach (var (name, value) in model.state_dict()) golden.Matches($"after.{name}", value);
        Assert.False(typeof(Repeated).GetMember("Tape").Length > 0, "a model without analysis has no explicit pair");
    }

    [Fact]
    public void Several_inputs_and_outputs()
    {
        manual_seed(6);
        using var model = Seeded(generator => new GatedEncoder(generator)).to(ScalarType.Float64);
        var (input, gate) = (randn([5, 6], ScalarType.Float64), randn([5, 6], ScalarType.Float64));
        using var tape = new GatedEncoder.Tape();
        var (mean, logVariance) = model.Forward(input, gate, tape);
        var actual = model.Backward(tape, mean.cos(), logVariance.sin(), inputGradients: true)!.Value;
        using var gradients = model.Arena.Gradients.clone();

        var (watched, watchedGate) = (input.clone().requires_grad_(), gate.clone().requires_grad_());
        var expected = model.forward(watched, watchedGate);
        autograd.backward([expected.Mean, expected.LogVariance], [mean.cos(), logVariance.sin()]);
        Close.To(expected.Mean, mean, "mean", 1e-10);
        Close.To(expected.LogVariance, logVariance, "log-variance", 1e-10);
        Close.To(watched.grad!, actual.Input, "input gradient", 1e-10);
        Close.To(watchedGate.grad!, actual.Gate, "gate gradient", 1e-10);
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var part = gradients.narrow(0, parameter.storage_offset(), parameter.numel()).view(parameter.shape);
            Close.To(parameter.grad!, part, name, 1e-10);
        }

        Assert.Contains("Mix.1.2.weight", model.state_dict().Keys);
    }

    [Fact]
    public void Parameter_rules_hold_for_every_call()
    {
        manual_seed(9);
        using var model = Seeded(generator => new Described(generator)).to(ScalarType.Float64);
        Close.To(eye(4, dtype: ScalarType.Float64), model.Mix_0Weight.mm(model.Mix_0Weight.t()), "an orthogonal weight");
        Assert.Equal(["Head.bias", "Head.weight", "Mix.0.weight", "Tied.bias", "Tied.weight"],
            model.state_dict().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(16 + 4 + 15, Described.ParameterCount);
        Assert.Equal(16 + 4, Described.TrainableParameterCount);

        var input = randn([3, 4], ScalarType.Float64);
        using var tape = new Described.Tape();
        var output = model.Forward(input, tape);
        var inputGradient = model.Backward(tape, output.cos(), inputGradient: true)!;
        using var gradient = ArenaGradient.Of(model.Arena, model.Mix_0Weight).clone();
        model.Mix_0Weight.grad = null;
        var watched = input.clone().requires_grad_();
        model.forward(watched).backward([output.cos()]);
        Close.To(watched.grad!, inputGradient, "input gradient", 1e-10);
        Close.To(model.Mix_0Weight.grad!, gradient, "the weight of four calls", 1e-10);
    }

    [Fact]
    public void What_a_constant_leaves_out_has_no_parameters_and_results_are_tensors_of_their_own()
    {
        using var model = new Switched();
        Assert.Equal(["Only.bias", "Only.weight"], model.state_dict().Keys.Order(StringComparer.Ordinal));
        var input = randn(2, 3);
        using (var scope = NewDisposeScope())
        {
            var (result, same, given) = model.forward(input);
            result.Dispose();
            Close.To(input, given, "the input", 0);
            given.Dispose();
            Assert.Equal([2L, 3L], same.shape);
        }

        Assert.Equal([2L, 3L], input.shape);
        Assert.False(input.IsInvalid);
    }

    private static T Seeded<T>(Func<Generator, T> create)
    {
        using var generator = new Generator(7);
        return create(generator);
    }
}
