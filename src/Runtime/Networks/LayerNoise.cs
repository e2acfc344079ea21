using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Standard normal noise of a layer that draws while training and is its mean in evaluation.</summary>
public static class LayerNoise
{
    /// <summary>Noise.</summary>
    /// <param name="like">What has its shape, type and device.</param>
    /// <param name="generator">Source of the noise; null for libtorch's global generator.</param>
    public static Tensor Sample(Tensor like, Generator? generator) => DataTransfer.Moved(
        empty(like.shape, like.dtype, generator?.device ?? like.device).normal_(generator: generator), like.device);

    /// <summary>Noise in training mode; zeros in evaluation mode.</summary>
    /// <param name="like">What has its shape, type and device.</param>
    /// <param name="training">Whether the layer draws.</param>
    /// <param name="generator">Source of the noise; null for libtorch's global generator.</param>
    public static Tensor Apply(Tensor like, bool training, Generator? generator) =>
        DropoutSampling.Draws(training, ref generator) ? Sample(like, generator) : zeros_like(like);
}
