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

    /// <summary>A number for each channel of [N, C, H, W], as a network keeps it.</summary>
    /// <param name="like">What has the network's type and device.</param>
    /// <param name="channels">C.</param>
    /// <param name="values">As many numbers.</param>
    /// <returns>[C, 1, 1]; the caller frees it.</returns>
    public static Tensor Constants(Tensor like, long channels, double[] values)
    {
        ArgumentNullException.ThrowIfNull(like);
        using var scope = NewDisposeScope();
        return Channels(like, values).reshape(channels, 1, 1).MoveToOuterDisposeScope();
    }

    // Filled on the device: copying an array there would wait for it.
    private static Tensor Channels(Tensor images, double[] values) =>
        cat([.. values.Select(value => Aten.full([1, 1, 1, 1], value, images.dtype, images.device))], 1);
}
