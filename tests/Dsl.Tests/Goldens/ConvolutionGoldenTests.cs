using Dsl.Runtime;
using Dsl.Tests.Convolutions;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Convolutions of one to three dimensions, transposed and causal ones, against PyTorch in both targets.</summary>
public class ConvolutionGoldenTests
{
    [Fact] public void Conv1d() => Check<Sequence, Sequence.Tape>("conv1d");

    [Fact] public void Conv1d_with_all_options() => Check<SequenceAllOptions, SequenceAllOptions.Tape>("conv1d_all_options");

    [Fact] public void Conv3d() => Check<Volume, Volume.Tape>("conv3d");

    [Fact] public void Conv3d_with_all_options() => Check<VolumeAllOptions, VolumeAllOptions.Tape>("conv3d_all_options");

    [Fact] public void ConvTranspose1d() => Check<TransposedSequence, TransposedSequence.Tape>("conv_transpose1d");

    [Fact]
    public void ConvTranspose1d_with_all_options() =>
        Check<TransposedSequenceAllOptions, TransposedSequenceAllOptions.Tape>("conv_transpose1d_all_options");

    [Fact] public void ConvTranspose2d() => Check<TransposedImage, TransposedImage.Tape>("conv_transpose2d");

    [Fact] public void ConvTranspose2d_that_doubles() => Check<Doubling, Doubling.Tape>("conv_transpose2d_doubling");

    [Fact]
    public void ConvTranspose2d_with_all_options() =>
        Check<TransposedImageAllOptions, TransposedImageAllOptions.Tape>("conv_transpose2d_all_options");

    [Fact] public void TemporalConv() => Check<Causal, Causal.Tape>("temporal_conv");

    [Fact] public void TemporalConv_dilated() => Check<CausalDilated, CausalDilated.Tape>("temporal_conv_dilated");

    [Fact] public void TemporalConv_pointwise() => Check<CausalPointwise, CausalPointwise.Tape>("temporal_conv_pointwise");

    [Fact]
    public void TemporalConv_sees_nothing_later()
    {
        using var model = new Causal();
        var input = randn(2, 3, 8);
        var changed = input.clone();
        changed.narrow(2, 5, 3).fill_(9);
        Close.To(model.forward(input).narrow(2, 0, 5), model.forward(changed).narrow(2, 0, 5), "outputs before the change", 0);
    }

    [Fact]
    public void A_transposed_kernel_starts_within_the_bound_of_its_second_dimension()
    {
        // fan_in = out/groups·k² = 4·9: U(±1/6), as torch.nn.ConvTranspose2d.
        using var model = new TransposedImage();
        Assert.InRange(model.ConvTranspose2d0Weight.abs().max().ToDouble(), 0.13, 1.0 / 6);
        Assert.InRange(model.ConvTranspose2d0Bias.abs().max().ToDouble(), 0, 1.0 / 6);
    }

    private static void Check<TModel, TTape>(string name)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new() =>
        LayerGoldenTests.Check<TModel, TTape>("convolutions/" + name);
}
