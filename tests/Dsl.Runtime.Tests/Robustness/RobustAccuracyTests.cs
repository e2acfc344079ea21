using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Robustness;

/// <summary>Attacks on a linear classifier, of which is known how far it is from every input: the margin
/// (w₁ − w₀)·x + b₁ − b₀ falls by ε·‖w₁ − w₀‖ of the dual norm, and no further.</summary>
public class RobustAccuracyTests
{
    private const int Samples = 200, Elements = 6;
    private const double Epsilon = 0.05;

    public static TheoryData<string> Norms => ["linf", "l2"];

    [Theory]
    [MemberData(nameof(Norms))]
    public void The_gradient_finds_the_worst_input_of_a_linear_classifier(string norm)
    {
        using var scope = NewDisposeScope();
        using var data = Data();
        var model = Linear();
        double expected = Expected(model, data, norm, Epsilon);
        Assert.InRange(expected, 0.1, 0.8);

        // From a random place of the round ball the last of the way along its edge takes many steps.
        var attack = new GradientAttack(Ball(norm)) { Steps = 20, RandomStart = norm == "linf" };
        var found = RobustAccuracy.Evaluate(model, data, attack, CPU, batchSize: 64);
        Assert.Equal(expected, found.Accuracy, 2e-6);
        Assert.Equal(Samples, found.Count);
        Assert.Equal(1, found.CleanAccuracy);
        Assert.Equal(1 - found.Accuracy, found.SuccessRate, 2e-6);
        Assert.InRange(found.MeanDisturbance, 0.5 * Epsilon, Epsilon * 1.0001);
        Assert.Equal(expected, RobustAccuracy.Evaluate(model, data, GradientAttack.Fgsm(Ball(norm)), CPU).Accuracy, 2e-6);
    }

    [Theory]
    [MemberData(nameof(Norms))]
    public void Queries_alone_find_some_and_none_that_are_not_there(string norm)
    {
        using var scope = NewDisposeScope();
        using var data = Data();
        var model = Linear();
        double least = Expected(model, data, norm, Epsilon);
        var attack = new CoordinateAttack(Ball(norm)) { Trials = 60, StepSize = 0.02 };
        var found = RobustAccuracy.Evaluate(model, data, attack, CPU);
        Assert.InRange(found.Accuracy, least, 0.5 + (0.5 * least));
    }

    [Fact]
    public void Squares_find_the_corner_of_the_ball()
    {
        using var scope = NewDisposeScope();
        using var flat = Data();
        using var data = new InMemoryData(flat.Inputs.reshape(Samples, 1, 2, 3).clone(), flat.Labels.clone());
        var model = nn.Sequential(("flat", nn.Flatten()), ("linear", Linear()));
        double least = Expected(Linear(), flat, "linf", Epsilon);
        var found = RobustAccuracy.Evaluate(model, data, new SquareAttack(new LinfBall(Epsilon)) { Queries = 300 }, CPU);
        Assert.InRange(found.Accuracy, least, least + 0.03);
    }

    [Fact]
    public void Another_network_that_is_alike_gives_the_gradient_away()
    {
        using var scope = NewDisposeScope();
        using var data = Data();
        var model = Linear();
        var attack = new GradientAttack(new LinfBall(Epsilon)) { Source = Linear(), Steps = 20 };
        Assert.Equal(Expected(model, data, "linf", Epsilon), RobustAccuracy.Evaluate(model, data, attack, CPU).Accuracy, 2e-6);
        var opposite = Linear();
        using (no_grad()) opposite.weight!.neg_();
        Assert.Equal(1, RobustAccuracy.Evaluate(model, data, attack with { Source = opposite }, CPU).Accuracy);
    }

    [Fact]
    public void A_target_is_the_least_likely_class()
    {
        using var scope = NewDisposeScope();
        using var data = Data();
        var model = Linear();
        var attack = new GradientAttack(new LinfBall(Epsilon)) { Targeted = true, Steps = 20, Restarts = 2 };
        var found = RobustAccuracy.Evaluate(model, data, attack, CPU);
        Assert.Equal(Expected(model, data, "linf", Epsilon), 1 - found.SuccessRate, 2e-6);
    }

    [Fact]
    public void What_cannot_be_attacked_is_refused()
    {
        using var scope = NewDisposeScope();
        var model = Linear();
        using var outside = new InMemoryData(full([3, Elements], 1.5f), zeros([3], ScalarType.Int64));
        var error = Assert.Throws<DataMismatchException>(() => RobustAccuracy.Evaluate(
            model, outside, new GradientAttack(new LinfBall(0.1)), CPU));
        Assert.Contains("outside of the range [0, 1]", error.Message);
        using var unlabelled = new InMemoryData(full([3, Elements], 0.5f), full([3], -100, ScalarType.Int64));
        Assert.Throws<DataMismatchException>(() => RobustAccuracy.Evaluate(
            model, unlabelled, new GradientAttack(new LinfBall(0.1)), CPU));
        using var data = Data();
        Assert.Throws<ArgumentException>(() => RobustAccuracy.Evaluate(
            model, data, new GradientAttack(new LinfBall(0)), CPU));
        Assert.Throws<DataMismatchException>(() => RobustAccuracy.Evaluate(
            model, data, new SquareAttack(new LinfBall(0.1)), CPU));
    }

    private static AttackBall Ball(string norm) => norm == "linf" ? new LinfBall(Epsilon) : new L2Ball(Epsilon);

    private static TorchSharp.Modules.Linear Linear()
    {
        var model = nn.Linear(Elements, 2);
        using var noGrad = no_grad();
        model.weight!.copy_(tensor(new[,] { { 0f, 0, 0, 0, 0, 0 }, { 1f, -2, 0.5f, 3, -1, 0.25f } }));
        model.bias!.copy_(tensor(new[] { 0f, -0.8f }));
        return model;
    }

    // Inputs so far within the range that it cuts no ball; labels are what the classifier says.
    private static InMemoryData Data()
    {
        using var generator = new Generator(3);
        var inputs = rand([Samples, Elements], generator: generator).mul(0.2).add(0.4);
        using var model = Linear();
        using var noGrad = no_grad();
        return new InMemoryData(inputs, model.forward(inputs).argmax(1));
    }

    private static double Expected(TorchSharp.Modules.Linear model, InMemoryData data, string norm, double epsilon)
    {
        using var noGrad = no_grad();
        var weight = model.weight![1].sub(model.weight[0]);
        var margin = model.forward(data.Inputs);
        double reach = epsilon * (norm == "linf" ? weight.abs().sum() : weight.norm()).item<float>();
        return margin.select(1, 1).sub(margin.select(1, 0)).abs().gt(reach).to_type(ScalarType.Float64).mean().item<double>();
    }
}
