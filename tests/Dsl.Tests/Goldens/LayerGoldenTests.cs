using Dsl.Runtime;
using Dsl.Tests.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Each layer, and whole stacks, against PyTorch: outputs, gradients and buffers, in both modes and both
/// targets.</summary>
public class LayerGoldenTests
{
    [Fact] public void Linear() => Check<LinearNet, LinearNet.Tape>("layers/linear");

    [Fact] public void Linear_without_bias() => Check<LinearNoBias, LinearNoBias.Tape>("layers/linear_no_bias");

    [Fact] public void Conv2d() => Check<Conv, Conv.Tape>("layers/conv2d");

    [Fact] public void Conv2d_without_bias() => Check<ConvNoBias, ConvNoBias.Tape>("layers/conv2d_no_bias");

    [Fact] public void Conv2d_padded() => Check<ConvPadding, ConvPadding.Tape>("layers/conv2d_padding_1");

    [Fact] public void Conv2d_strided() => Check<ConvStride, ConvStride.Tape>("layers/conv2d_stride_2");

    [Fact] public void Conv2d_dilated() => Check<ConvDilation, ConvDilation.Tape>("layers/conv2d_dilation_2");

    [Fact] public void Conv2d_grouped() => Check<ConvGroups, ConvGroups.Tape>("layers/conv2d_groups_2");

    [Fact] public void Conv2d_depthwise() => Check<ConvDepthwise, ConvDepthwise.Tape>("layers/conv2d_depthwise");

    [Fact] public void Conv2d_pointwise() => Check<ConvPointwise, ConvPointwise.Tape>("layers/conv2d_kernel_1");

    [Fact] public void Conv2d_with_an_even_kernel() => Check<ConvEven, ConvEven.Tape>("layers/conv2d_kernel_2_even_size");

    [Fact] public void Conv2d_with_all_options() => Check<ConvAllOptions, ConvAllOptions.Tape>("layers/conv2d_all_options");

    [Fact] public void BatchNorm1d() => Check<Norm1d, Norm1d.Tape>("layers/batchnorm1d");

    [Fact] public void BatchNorm1d_with_settings() =>
        Check<Norm1dSettings, Norm1dSettings.Tape>("layers/batchnorm1d_momentum_eps");

    [Fact] public void BatchNorm2d() => Check<Norm2d, Norm2d.Tape>("layers/batchnorm2d");

    [Fact] public void BatchNorm2d_with_settings() =>
        Check<Norm2dSettings, Norm2dSettings.Tape>("layers/batchnorm2d_momentum_eps");

    [Fact] public void ReLU() => Check<Rectifier, Rectifier.Tape>("layers/relu");

    [Fact] public void MaxPool2d() => Check<Pool, Pool.Tape>("layers/maxpool2d_2");

    [Fact] public void MaxPool2d_of_an_odd_size() => Check<PoolOdd, PoolOdd.Tape>("layers/maxpool2d_2_odd_size");

    [Fact] public void MaxPool2d_overlapping() =>
        Check<PoolOverlapping, PoolOverlapping.Tape>("layers/maxpool2d_3_stride_2_padding_1");

    [Fact] public void Flatten() => Check<Flat, Flat.Tape>("layers/flatten");

    [Fact] public void Dropout_of_nothing() => Check<NoDropout, NoDropout.Tape>("layers/dropout_p_0");

    [Fact] public void Stack_of_linear_layers() => Check<Mlp, Mlp.Tape>("stacks/mlp");

    [Fact] public void Stack_of_convolutions() => Check<Cnn, Cnn.Tape>("stacks/cnn");

    [Fact]
    public void Dropout_in_evaluation()
    {
        var golden = Golden.Load("layers/dropout_evaluation");
        using var model = new HalfDropout();
        model.eval();
        golden.Matches("eval.output", model.forward(golden["input"]));
    }

    [Fact]
    public void Dropout_scales_what_it_keeps()
    {
        using var generator = new Generator(3);
        using var model = new HalfDropout { DropoutStream = generator };
        var tape = new HalfDropout.Tape();
        var input = ones(1000, 10);
        var output = model.Forward(input, tape);
        double kept = output.ne(0).to(ScalarType.Float64).mean().ToDouble();
        Assert.InRange(kept, 0.47, 0.53);
        Close.To(output.ne(0).to(ScalarType.Float32) * 2, output, "kept elements are doubled");

        // The gradient passes through the same mask.
        Close.To(output, model.Backward(tape, ones(1000, 10), inputGradient: true)!, "gradient");
    }

    [Theory]
    [InlineData("layers/dropout_mask_p_0.2", 0.2)]
    [InlineData("layers/dropout_mask_p_0.5", 0.5)]
    public void Dropout_with_a_given_mask(string name, double probability)
    {
        var golden = Golden.Load(name);
        var mask = golden["draws.keep"].to(ScalarType.Float32) / (1 - probability);
        golden.Matches("train.output", golden["input"] * mask);
        golden.Matches("train.input_gradient", golden["output_gradient"] * mask);
    }

    internal static void Check<TModel, TTape>(string name)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new()
    {
        var golden = Golden.Load(name);
        CheckExplicit<TModel, TTape>(golden);
        CheckAutograd<TModel>(golden);
    }

    private static void CheckExplicit<TModel, TTape>(Golden golden)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new()
    {
        using var model = Fresh<TModel>(golden);
        using var tape = new TTape();
        golden.Matches("train.output", model.Forward(golden["input"].clone(), tape));
        var inputGradient = model.Backward(tape, golden["output_gradient"].clone(), inputGradient: true);
        golden.Matches("train.input_gradient", inputGradient!);
        CheckBuffers(golden, model);
        var gradients = model.Arena.Gradients;
        foreach (var (parameter, value) in model.named_parameters())
            golden.Matches($"train.{parameter}.gradient", ArenaGradient.Of(model.Arena, value));

        // A second pass adds to what is there.
        using var once = gradients.clone();
        model.Forward(golden["input"].clone(), tape);
        Assert.Null(model.Backward(tape, golden["output_gradient"].clone()));
        Close.To(once * 2, gradients, $"{golden.Name}: two passes");
    }

    private static void CheckAutograd<TModel>(Golden golden)
        where TModel : nn.Module<Tensor, Tensor>, new()
    {
        using var model = Fresh<TModel>(golden);
        var input = golden["input"].clone().requires_grad_();
        var output = model.forward(input);
        golden.Matches("train.output", output);
        output.backward([golden["output_gradient"]]);
        golden.Matches("train.input_gradient", input.grad!);
        CheckBuffers(golden, model);
        foreach (var (parameter, value) in model.named_parameters()) golden.Matches($"train.{parameter}.gradient", value.grad!);

        // Evaluation comes after training: with the running statistics that the pass left.
        model.eval();
        golden.Matches("eval.output", model.forward(golden["input"]));
    }

    private static void CheckBuffers(Golden golden, nn.Module model)
    {
        foreach (var (buffer, value) in model.named_buffers()) golden.Matches($"train.{buffer}", value);
    }

    private static TModel Fresh<TModel>(Golden golden)
        where TModel : nn.Module<Tensor, Tensor>, new()
    {
        var model = new TModel();
        golden.Restore(model.state_dict());
        model.train();
        return model;
    }
}
