using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Labels;

/// <summary>A label for each position, with class weights and smoothed, against PyTorch in both targets: the loss and the
/// gradient of every parameter.</summary>
public class PositionGoldenTests
{
    [Fact]
    public void Tokens_with_class_weights()
    {
        var golden = Golden.Load("positions/tokens_weights");
        using var first = new TokenWeights(Tokens(golden));
        Check(golden, first.ComputeGradients(new(golden["input"], golden["label"]), new()).Total, first.Model.Arena,
            first.Model.Linear0Weight, first.Model.Linear0Bias);
        using var second = new TokenWeightsAutograd(Tokens(golden));
        Check(golden, second.ComputeGradients(new(golden["input"], golden["label"]), new()).Total, second.Model.Arena,
            second.Model.Linear0Weight, second.Model.Linear0Bias);
    }

    [Fact]
    public void Tokens_with_smoothed_labels()
    {
        var golden = Golden.Load("positions/tokens_smoothing");
        using var first = new TokenSmoothing(Tokens(golden));
        Check(golden, first.ComputeGradients(new(golden["input"], golden["label"]), new()).Total, first.Model.Arena,
            first.Model.Linear0Weight, first.Model.Linear0Bias);
        using var second = new TokenSmoothingAutograd(Tokens(golden));
        Check(golden, second.ComputeGradients(new(golden["input"], golden["label"]), new()).Total, second.Model.Arena,
            second.Model.Linear0Weight, second.Model.Linear0Bias);
    }

    [Fact]
    public void Tokens_with_both()
    {
        var golden = Golden.Load("positions/tokens_weights_smoothing");
        using var first = new TokenWeightsSmoothing(Tokens(golden));
        Check(golden, first.ComputeGradients(new(golden["input"], golden["label"]), new()).Total, first.Model.Arena,
            first.Model.Linear0Weight, first.Model.Linear0Bias);
        using var second = new TokenWeightsSmoothingAutograd(Tokens(golden));
        Check(golden, second.ComputeGradients(new(golden["input"], golden["label"]), new()).Total, second.Model.Arena,
            second.Model.Linear0Weight, second.Model.Linear0Bias);
    }

    [Fact]
    public void Pixels_with_class_weights()
    {
        var golden = Golden.Load("positions/pixels_weights");
        using var first = new PixelWeights(Pixels(golden));
        Check(golden, first.ComputeGradients(new(golden["input"], golden["label"]), new()).Total, first.Model.Arena,
            first.Model.Conv2d0Weight, first.Model.Conv2d0Bias);
        using var second = new PixelWeightsAutograd(Pixels(golden));
        Check(golden, second.ComputeGradients(new(golden["input"], golden["label"]), new()).Total, second.Model.Arena,
            second.Model.Conv2d0Weight, second.Model.Conv2d0Bias);
    }

    [Fact]
    public void Pixels_with_smoothed_labels()
    {
        var golden = Golden.Load("positions/pixels_smoothing");
        using var first = new PixelSmoothing(Pixels(golden));
        Check(golden, first.ComputeGradients(new(golden["input"], golden["label"]), new()).Total, first.Model.Arena,
            first.Model.Conv2d0Weight, first.Model.Conv2d0Bias);
        using var second = new PixelSmoothingAutograd(Pixels(golden));
        Check(golden, second.ComputeGradients(new(golden["input"], golden["label"]), new()).Total, second.Model.Arena,
            second.Model.Conv2d0Weight, second.Model.Conv2d0Bias);
    }

    [Fact]
    public void Pixels_with_both()
    {
        var golden = Golden.Load("positions/pixels_weights_smoothing");
        using var first = new PixelWeightsSmoothing(Pixels(golden));
        Check(golden, first.ComputeGradients(new(golden["input"], golden["label"]), new()).Total, first.Model.Arena,
            first.Model.Conv2d0Weight, first.Model.Conv2d0Bias);
        using var second = new PixelWeightsSmoothingAutograd(Pixels(golden));
        Check(golden, second.ComputeGradients(new(golden["input"], golden["label"]), new()).Total, second.Model.Arena,
            second.Model.Conv2d0Weight, second.Model.Conv2d0Bias);
    }

    private static void Check(Golden golden, Tensor loss, Dsl.Runtime.ParameterArena arena, Parameter weight, Parameter bias)
    {
        golden.Matches("loss", loss);
        golden.Matches("weight_gradient", ArenaGradient.Of(arena, weight));
        golden.Matches("bias_gradient", ArenaGradient.Of(arena, bias));
    }

    private static TokenClasses Tokens(Golden golden)
    {
        var model = new TokenClasses();
        Fill(golden, model.Linear0Weight, model.Linear0Bias);
        return model;
    }

    private static PixelClasses Pixels(Golden golden)
    {
        var model = new PixelClasses();
        Fill(golden, model.Conv2d0Weight, model.Conv2d0Bias);
        return model;
    }

    private static void Fill(Golden golden, Parameter weight, Parameter bias)
    {
        using var noGrad = no_grad();
        weight.copy_(golden["weight"]);
        bias.copy_(golden["bias"]);
    }
}
