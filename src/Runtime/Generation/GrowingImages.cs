using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Images in the resolution that a growing network has reached (Karras et al. 2018, arXiv 1710.10196,
/// figure 2).</summary>
public static class GrowingImages
{
    /// <summary>
    /// Images as stages that have come so far see them. With x_K the images, x_{k−1} the means of 2 x 2 pixels of x_k,
    /// r_0 = x_0 and r_k = α_k·x_k + (1 − α_k)·(r_{k−1} with each pixel four times), it is r_K, of the images' size; the
    /// caller frees it.
    /// </summary>
    /// <param name="images">[N, C, H, W], H and W multiples of 2^K.</param>
    /// <param name="shares">α_1, ..., α_K, each in [0, 1].</param>
    /// <exception cref="ArgumentException">Images of another shape, or a share outside of [0, 1].</exception>
    public static Tensor Blend(Tensor images, params double[] shares)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(shares);
        long whole = 1L << shares.Length;
        if (images.dim() != 4 || images.size(2) % whole != 0 || images.size(3) % whole != 0)
        {
            throw new ArgumentException(
                $"Images [N, C, H, W] are halved {shares.Length} times, and these are [{string.Join(", ", images.shape)}]: give "
                + $"heights and widths that are multiples of {whole}.", nameof(images));
        }

        foreach (double share in shares)
        {
            if (!(share is >= 0 and <= 1))
                throw new ArgumentException($"A share of {share} lies outside of [0, 1].", nameof(shares));
        }

        // Below the highest stage that is complete nothing is seen.
        int complete = shares.Length;
        while (complete > 0 && shares[complete - 1] < 1) complete--;
        if (complete == shares.Length) return images.alias();

        using var scope = NewDisposeScope();
        var levels = new Tensor[shares.Length + 1];
        levels[^1] = images;
        for (int level = shares.Length - 1; level >= complete; level--)
            levels[level] = nn.functional.avg_pool2d(levels[level + 1], 2);
        Tensor seen = levels[complete];
        for (int level = complete + 1; level < levels.Length; level++)
        {
            seen = nn.functional.upsample_nearest2d(seen, levels[level].shape[2..]);
            if (shares[level - 1] > 0) Aten.lerp_(seen, levels[level], shares[level - 1]);
        }

        return seen.MoveToOuterDisposeScope();
    }
}
