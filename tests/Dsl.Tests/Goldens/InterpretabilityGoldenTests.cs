using System.Globalization;
using Dsl.Runtime;
using Dsl.Tests.Robustness;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Attributions of a generated network, and what an attack in evaluation mode makes of its inputs, against
/// PyTorch.</summary>
public class InterpretabilityGoldenTests
{
    private static readonly Golden Golden = Golden.Load("interpretability/cnn");

    [Fact]
    public void Saliency() => Check("saliency", model => InputAttribution.Saliency(model, Golden["input"], Golden["class"]));

    [Fact]
    public void SmoothGrad() => Check("smooth", model => InputAttribution.SmoothGrad(
        model, Golden["input"], Golden["class"], Golden["noise"], 0.2));

    [Fact]
    public void Integrated_gradients()
    {
        Check("integrated", model => Integrate(model, 16).Values);
        Check("gap", model => Integrate(model, 16).Gap, 1e-4);
    }

    [Fact]
    public void Integrated_gradients_are_complete_with_many_parts()
    {
        using var model = Restored();
        float[] few = Numbers(Integrate(model, 4).Gap), many = Numbers(Integrate(model, 512).Gap);
        Assert.All(many, gap => Assert.InRange(gap, -2e-3, 2e-3));
        Assert.True(few.Max(Math.Abs) > 5 * many.Max(Math.Abs));
    }

    [Fact]
    public void Grad_CAM_at_a_tag() => Check("cam", model => InputAttribution.GradCam(
        model, input =>
        {
            var all = model.ForwardFeatures(input);
            return (all.Output, all.Late);
        }, Golden["input"], Golden["class"]));

    [Fact]
    public void Occlusion() => Check("occlusion", model => InputAttribution.Occlusion(
        model, Golden["input"], Golden["class"], side: 3, stride: 2, cover: 0.25));

    [Fact]
    public void Attacks()
    {
        var linf = new GradientAttack(new LinfBall(0.1)) { Steps = 5, StepSize = 0.04 };
        Check("linf", model => linf.Climb(model, Golden["linf.start"], Golden["input"], Golden["label"]));
        Check("toward", model => (linf with { Targeted = true }).Climb(
            model, Golden["linf.start"], Golden["input"], Golden["label"]));
        var l2 = new GradientAttack(new L2Ball(1)) { Steps = 5, StepSize = 0.4 };
        Check("l2", model => l2.Climb(model, Golden["l2.start"], Golden["input"], Golden["label"]));
    }

    [Fact]
    public void A_network_in_training_is_left_as_it_was()
    {
        using var model = Restored();
        model.train();
        model.Arena.Gradients.fill_(3);
        var before = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        Integrate(model, 2).Dispose();
        using var data = new InMemoryData(Golden["input"].clone(), Golden["label"].clone());
        RobustAccuracy.Evaluate(model, data, new GradientAttack(new LinfBall(0.1)) { Steps = 2 }, CPU);
        Assert.True(model.training && model.modules().All(module => module.training));
        Assert.All(model.state_dict(), entry => Assert.True(entry.Value.allclose(before[entry.Key], 0, 0), entry.Key));
        Assert.All(Numbers(model.Arena.Gradients), gradient => Assert.Equal(3, gradient));
    }

    private static IntegratedGradients Integrate(TaggedCnn model, int parts) => InputAttribution.Integrate(
        model, Golden["input"], Golden["class"], Golden["baseline"], parts);

    private static void Check(string name, Func<TaggedCnn, Tensor> compute, double tolerance = 1e-5)
    {
        using var model = Restored();
        using var actual = compute(model);
        Golden.Matches(name, actual, tolerance);
    }

    // The tag counts as a layer, which the golden's network does not have.
    private static TaggedCnn Restored()
    {
        var model = new TaggedCnn();
        using var noGrad = no_grad();
        foreach (var (name, target) in model.state_dict())
        {
            string[] parts = name.Split('.');
            int layer = int.Parse(parts[0], CultureInfo.InvariantCulture);
            target.copy_(Golden[$"initial.{(layer > 7 ? layer - 1 : layer)}.{parts[1]}"]);
        }

        return model;
    }

    private static float[] Numbers(Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();
}
