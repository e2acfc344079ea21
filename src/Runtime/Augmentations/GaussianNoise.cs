using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Noise on every pixel.</summary>
public static class GaussianNoise
{
    /// <summary>Adds noise.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="noise">Numbers of the standard normal distribution, of the same shape.</param>
    /// <param name="deviation">What they are multiplied with, at least 0.</param>
    /// <param name="clip">Whether the result is cut to [0, 1].</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Apply(Tensor images, Tensor noise, double deviation, bool clip)
    {
        var noisy = Aten.add(images, noise, deviation);
        if (clip) Aten.clamp_(noisy, 0, 1);
        return noisy;
    }
}
