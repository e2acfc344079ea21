using Dsl.Tests.Normalizations;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Each normalisation against PyTorch: outputs and gradients, in both modes and both targets.</summary>
public class NormalizationGoldenTests
{
    [Fact] public void LayerNorm() => LayerGoldenTests.Check<Rows, Rows.Tape>("normalizations/layer_norm");

    [Fact] public void LayerNorm_with_epsilon() =>
        LayerGoldenTests.Check<RowsEpsilon, RowsEpsilon.Tape>("normalizations/layer_norm_eps");

    [Fact] public void LayerNorm_of_sequences() =>
        LayerGoldenTests.Check<Sequences, Sequences.Tape>("normalizations/layer_norm_sequence");

    [Fact] public void LayerNorm_of_images() => LayerGoldenTests.Check<Images, Images.Tape>("normalizations/layer_norm_image");

    [Fact] public void LayerNorm_without_parameters() =>
        LayerGoldenTests.Check<RowsFixed, RowsFixed.Tape>("normalizations/layer_norm_no_affine");

    [Fact] public void LayerNorm_without_bias() =>
        LayerGoldenTests.Check<RowsNoBias, RowsNoBias.Tape>("normalizations/layer_norm_no_bias");

    [Fact] public void GroupNorm() => LayerGoldenTests.Check<Groups, Groups.Tape>("normalizations/group_norm_2");

    [Fact] public void GroupNorm_of_one_group() =>
        LayerGoldenTests.Check<OneGroup, OneGroup.Tape>("normalizations/group_norm_1_eps");

    [Fact] public void GroupNorm_of_rows() =>
        LayerGoldenTests.Check<GroupsOfRows, GroupsOfRows.Tape>("normalizations/group_norm_rows");

    [Fact] public void GroupNorm_without_parameters() =>
        LayerGoldenTests.Check<GroupsFixed, GroupsFixed.Tape>("normalizations/group_norm_no_affine");

    [Fact] public void InstanceNorm1d() =>
        LayerGoldenTests.Check<Instances1d, Instances1d.Tape>("normalizations/instance_norm1d");

    [Fact]
    public void InstanceNorm1d_with_parameters() =>
        LayerGoldenTests.Check<Instances1dAffine, Instances1dAffine.Tape>("normalizations/instance_norm1d_affine");

    [Fact] public void InstanceNorm2d() =>
        LayerGoldenTests.Check<Instances2d, Instances2d.Tape>("normalizations/instance_norm2d");

    [Fact]
    public void InstanceNorm2d_with_parameters() =>
        LayerGoldenTests.Check<Instances2dAffine, Instances2dAffine.Tape>("normalizations/instance_norm2d_affine_eps");

    [Fact] public void RMSNorm() => LayerGoldenTests.Check<RootMeanSquare, RootMeanSquare.Tape>("normalizations/rms_norm");

    [Fact]
    public void RMSNorm_of_images() =>
        LayerGoldenTests.Check<RootMeanSquareImages, RootMeanSquareImages.Tape>("normalizations/rms_norm_image_eps");

    [Fact]
    public void RMSNorm_without_parameters() =>
        LayerGoldenTests.Check<RootMeanSquareFixed, RootMeanSquareFixed.Tape>("normalizations/rms_norm_no_affine");

    [Fact] public void L2Normalize() => LayerGoldenTests.Check<UnitRows, UnitRows.Tape>("normalizations/l2_normalize");

    [Fact] public void L2Normalize_of_channels() =>
        LayerGoldenTests.Check<UnitChannels, UnitChannels.Tape>("normalizations/l2_normalize_channels");

    [Fact] public void L2Normalize_of_the_last_dimension() =>
        LayerGoldenTests.Check<UnitLast, UnitLast.Tape>("normalizations/l2_normalize_last");

    [Fact] public void L2Normalize_of_short_rows() =>
        LayerGoldenTests.Check<UnitEpsilon, UnitEpsilon.Tape>("normalizations/l2_normalize_eps");

    [Fact]
    public void L2Normalize_of_zero_has_a_derivative()
    {
        using var model = new UnitRows();
        using var tape = new UnitRows.Tape();
        Close.To(zeros(2, 10), model.Forward(zeros(2, 10), tape), "output", 0);
        Close.To(full([2, 10], 1e12), model.Backward(tape, ones(2, 10), inputGradient: true)!, "gradient");
    }

    [Fact]
    public void Strided_inputs_and_gradients_are_read_in_their_order()
    {
        using var model = new Groups().to(ScalarType.Float64);
        using var generator = new Generator(3);
        var input = randn([3, 5, 5, 4], ScalarType.Float64, generator: generator).permute(0, 3, 1, 2);
        using var tape = new Groups.Tape();
        using var copy = new Groups.Tape();
        Close.To(model.Forward(input.contiguous(), copy), model.Forward(input, tape), "output", 1e-12);
        var gradient = randn([3, 4, 1, 1], ScalarType.Float64, generator: generator).expand(3, 4, 5, 5);
        Close.To(model.Backward(copy, gradient.contiguous(), inputGradient: true)!,
            model.Backward(tape, gradient, inputGradient: true)!, "gradient", 1e-12);
    }

    [Fact]
    public void Explicit_equals_autograd_in_a_stack_of_all()
    {
        using var generator = new Generator(5);
        using var model = new EveryNormalization(generator).to(ScalarType.Float64);
        BothTargets.Agree(model, new EveryNormalization.Tape(), randn([5, 2, 6, 6], ScalarType.Float64, generator: generator));
    }
}
