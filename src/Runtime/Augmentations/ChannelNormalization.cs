using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Brings the channels of images to comparable scales.</summary>
public static class ChannelNormalization
{
    /// <summary>(x − mean) / standard deviation, by channel.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="mean">One for all channels, or one for each.</param>
    /// <param name="deviation">As many, above 0.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Apply(Tensor images, double[] mean, double[] deviation)
    {
        using var scope = NewDisposeScope();
        return images.sub(Channels(images, mean)).div_(Channels(images, deviation)).MoveToOuterDisposeScope();
    }

    // Filled on the device: copying an array there would wait for it.
    private static Tensor Channels(Tensor images, double[] values) =>
        cat([.. values.Select(value => Aten.full([1, 1, 1, 1], value, images.dtype, images.device))], 1);
}
