using Dsl.Tests.Activations;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Each activation against PyTorch: outputs and gradients, in both modes and both targets.</summary>
public class ActivationGoldenTests
{
    [Fact] public void LeakyReLU() => LayerGoldenTests.Check<Leaky, Leaky.Tape>("activations/leaky_relu");

    [Fact] public void LeakyReLU_with_a_slope() =>
        LayerGoldenTests.Check<LeakySlope, LeakySlope.Tape>("activations/leaky_relu_0.2");

    [Fact] public void PReLU() => LayerGoldenTests.Check<Learned, Learned.Tape>("activations/prelu");

    [Fact] public void PReLU_of_images() => LayerGoldenTests.Check<LearnedImage, LearnedImage.Tape>("activations/prelu_image");

    [Fact] public void PReLU_per_channel() =>
        LayerGoldenTests.Check<LearnedChannels, LearnedChannels.Tape>("activations/prelu_per_channel");

    [Fact]
    public void PReLU_of_images_per_channel() =>
        LayerGoldenTests.Check<LearnedImageChannels, LearnedImageChannels.Tape>("activations/prelu_per_channel_image");

    [Fact] public void ELU() => LayerGoldenTests.Check<Exponential, Exponential.Tape>("activations/elu");

    [Fact] public void ELU_with_alpha() => LayerGoldenTests.Check<ExponentialAlpha, ExponentialAlpha.Tape>("activations/elu_0.5");

    [Fact] public void GELU() => LayerGoldenTests.Check<Gaussian, Gaussian.Tape>("activations/gelu");

    [Fact] public void GELU_approximate() =>
        LayerGoldenTests.Check<GaussianApproximate, GaussianApproximate.Tape>("activations/gelu_tanh");

    [Fact] public void SiLU() => LayerGoldenTests.Check<Swish, Swish.Tape>("activations/silu");

    [Fact] public void Mish() => LayerGoldenTests.Check<MishNet, MishNet.Tape>("activations/mish");

    [Fact] public void Tanh() => LayerGoldenTests.Check<Hyperbolic, Hyperbolic.Tape>("activations/tanh");

    [Fact] public void Sigmoid() => LayerGoldenTests.Check<Logistic, Logistic.Tape>("activations/sigmoid");

    [Fact] public void Softplus() => LayerGoldenTests.Check<Soft, Soft.Tape>("activations/softplus");

    [Fact] public void Softplus_with_settings() =>
        LayerGoldenTests.Check<SoftSettings, SoftSettings.Tape>("activations/softplus_beta_3_threshold_4");

    [Fact] public void HardSwish() => LayerGoldenTests.Check<Hard, Hard.Tape>("activations/hardswish");

    [Fact] public void Softmax() => LayerGoldenTests.Check<Probabilities, Probabilities.Tape>("activations/softmax");

    [Fact] public void Softmax_of_channels() =>
        LayerGoldenTests.Check<ChannelProbabilities, ChannelProbabilities.Tape>("activations/softmax_channels");

    [Fact] public void LogSoftmax() => LayerGoldenTests.Check<LogProbabilities, LogProbabilities.Tape>("activations/log_softmax");

    [Fact]
    public void LogSoftmax_of_channels() =>
        LayerGoldenTests.Check<ChannelLogProbabilities, ChannelLogProbabilities.Tape>("activations/log_softmax_channels");

    [Fact]
    public void Explicit_equals_autograd_in_a_stack_of_all()
    {
        using var generator = new Generator(5);
        using var model = new EveryActivation(generator).to(ScalarType.Float64);
        BothTargets.Agree(model, new EveryActivation.Tape(), randn([7, 6], ScalarType.Float64, generator: generator));
    }
}
