using Dsl.Runtime;
using Dsl.Tests.Distillation;
using Dsl.Tests.Objectives;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>
/// A teacher that rules a class out, by a logit of −∞, gives it the probability 0: it adds nothing to the divergence.
/// </summary>
public class RuledOutTests
{
    private const int RuledOut = 3;

    private readonly Tensor _input = rand([5, 8]) + 0.1;

    [Fact]
    public void A_teacher()
    {
        var (model, teacher) = (Network(1), RulingOut(2));
        using var first = new DistillExplicit(model, teacher);
        double temperature = first.DistillTemperature;
        var target = (Double(teacher) / temperature).softmax(1);
        var loss = first.ComputeGradients(new(_input), new()).Total.ToDouble();
        Assert.Equal(Expected(model, target, temperature), loss, 1e-4);
        using var gradient = model.Arena.Gradients.clone();
        Assert.True(gradient.isfinite().all().ToBoolean());
        using var second = new DistillAutograd(Network(1), teacher);
        Assert.Equal(loss, second.ComputeGradients(new(_input), new()).Total.ToDouble(), 1e-5);
        Close.To(gradient, second.Model.Arena.Gradients, "gradient", 1e-5);
    }

    [Fact]
    public void The_geometric_mean_of_two_of_which_one_rules_it_out()
    {
        var (one, other) = (RulingOut(2), Network(3));
        using var first = new GeometricExplicit(Network(1), [one, other]);
        using var second = new GeometricAutograd(Network(1), [one, other]);
        double temperature = first.DistillTemperature;
        var target = ((Double(one) + Double(other)) / 2 / temperature).softmax(1);
        Assert.Equal(0, target.select(1, RuledOut).max().ToDouble());
        double expected = Expected(first.Model, target, temperature);
        Assert.Equal(expected, first.ComputeGradients(new(_input), new()).Total.ToDouble(), 1e-4);
        Assert.Equal(expected, second.ComputeGradients(new(_input), new()).Total.ToDouble(), 1e-4);
        Close.To(first.Model.Arena.Gradients, second.Model.Arena.Gradients, "gradient", 1e-5);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void The_arithmetic_mean_of_two(bool bothRuleItOut)
    {
        var (one, other) = (RulingOut(2), bothRuleItOut ? RulingOut(3) : Network(3));
        using var first = new ArithmeticExplicit(Network(1), [one, other]);
        using var second = new ArithmeticAutograd(Network(1), [one, other]);
        double temperature = first.DistillTemperature;
        var target = ((Double(one) / temperature).softmax(1) + (Double(other) / temperature).softmax(1)) / 2;
        double expected = Expected(first.Model, target, temperature);
        Assert.Equal(expected, first.ComputeGradients(new(_input), new()).Total.ToDouble(), 1e-4);
        Assert.Equal(expected, second.ComputeGradients(new(_input), new()).Total.ToDouble(), 1e-4);
        Close.To(first.Model.Arena.Gradients, second.Model.Arena.Gradients, "gradient", 1e-5);
    }

    [Fact]
    public void Noise_does_not_bring_a_class_back()
    {
        using var logits = tensor(new[] { 1f, float.NegativeInfinity, 2f }).reshape(1, 3);
        using var noise = tensor(new[] { 1f, -3f, 0f }).reshape(1, 3);
        using var noisy = TeacherNoise.Apply(logits, noise, ones([1], ScalarType.Bool), 0.5);
        Assert.Equal([1.5f, float.NegativeInfinity, 2f], noisy.data<float>().ToArray());
    }

    // T²·Σ t·(log t − log p), 0·log 0 = 0.
    private double Expected(Logits model, Tensor target, double temperature)
    {
        var student = (Double(model) / temperature).log_softmax(1);
        return temperature * temperature * (target.xlogy(target) - (target * student)).sum(1).mean().ToDouble();
    }

    private Tensor Double(Logits model)
    {
        using var noGrad = no_grad();
        return model.forward(_input).to(ScalarType.Float64);
    }

    private static Logits RulingOut(ulong seed)
    {
        var model = Network(seed);
        using var noGrad = no_grad();
        model.Linear0Weight[RuledOut].fill_(double.NegativeInfinity);
        return model;
    }

    private static Logits Network(ulong seed)
    {
        using var generator = new Generator(seed);
        return new Logits(generator);
    }
}
