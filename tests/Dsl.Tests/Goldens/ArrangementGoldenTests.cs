using Dsl.Runtime;
using Dsl.Tests.Arrangements;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Layers that move elements, and one that weighs channels, against PyTorch in both targets.</summary>
public class ArrangementGoldenTests
{
    [Fact] public void Reshape() => Check<Reshaped, Reshaped.Tape>("reshape");

    [Fact] public void Reshape_with_an_unknown_size() =>
        Check<ReshapedWithUnknown, ReshapedWithUnknown.Tape>("reshape_with_an_unknown_size");

    [Fact] public void Permute() => Check<Permuted, Permuted.Tape>("permute");

    [Fact] public void Permute_of_images() => Check<PermutedImage, PermutedImage.Tape>("permute_image");

    [Fact] public void Pad_of_sequences_with_zeros() => Check<ZerosAroundSequence, ZerosAroundSequence.Tape>("pad_zeros_1d");

    [Fact] public void Pad_of_images_with_zeros() => Check<ZerosAroundImage, ZerosAroundImage.Tape>("pad_zeros_2d");

    [Fact] public void Pad_of_sequences_by_reflection() => Check<ReflectedSequence, ReflectedSequence.Tape>("pad_reflect_1d");

    [Fact] public void Pad_of_images_by_reflection() => Check<ReflectedImage, ReflectedImage.Tape>("pad_reflect_2d");

    [Fact] public void PixelShuffle() => Check<Shuffled, Shuffled.Tape>("pixel_shuffle");

    [Fact] public void PixelShuffle_by_three() => Check<ShuffledByThree, ShuffledByThree.Tape>("pixel_shuffle_3");

    [Fact] public void Upsample_to_the_nearest() => Check<Nearest, Nearest.Tape>("upsample_nearest");

    [Fact] public void Upsample_bilinear() => Check<Bilinear, Bilinear.Tape>("upsample_bilinear");

    [Fact] public void Upsample_bilinear_by_three() => Check<BilinearByThree, BilinearByThree.Tape>("upsample_bilinear_3");

    [Fact] public void SqueezeExcite() => Check<Excited, Excited.Tape>("squeeze_excite");

    [Fact]
    public void Both_targets_agree_on_all_of_them_in_one_stack()
    {
        manual_seed(4);
        using var first = new Everything();
        using var second = new Everything();
        using (no_grad()) second.Arena.Values.copy_(first.Arena.Values);
        var input = randn(3, 6, 8);
        var leaf = input.clone().requires_grad_();
        using var tape = new Everything.Tape();
        var output = first.Forward(input, tape);
        second.BindGradients();
        var expected = second.forward(leaf);
        Close.To(expected, output, "output");
        Close.To(expected, first.forward(input), "output of forward");
        Assert.Equal([3L, 3L], output.shape);
        var gradient = randn_like(output);
        var inputGradient = first.Backward(tape, gradient, inputGradient: true);
        expected.backward([gradient]);
        Close.To(leaf.grad!, inputGradient!, "input gradient", 1e-4);
        Close.To(second.Arena.Gradients, first.Arena.Gradients, "gradients", 1e-4);
    }

    [Fact]
    public void A_second_pass_over_the_same_input_gives_the_same()
    {
        // Nothing may have been written over the input through one of its views.
        using var model = new Everything();
        var input = randn(3, 6, 8);
        var before = input.clone();
        using var tape = new Everything.Tape();
        var output = model.Forward(input, tape).clone();
        model.Backward(tape, randn_like(output), inputGradient: true);
        Close.To(before, input, "input", 0);
        Close.To(output, model.Forward(input, tape), "second output", 0);
    }

    private static void Check<TModel, TTape>(string name)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new() =>
        LayerGoldenTests.Check<TModel, TTape>("arrangements/" + name);
}
