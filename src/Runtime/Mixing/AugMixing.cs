using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Views of AugMix (Hendrycks et al. 2020, arXiv 1912.02781): a mixture of an image with chains of operations on it. Every
/// operation is computed for the whole batch, and each image takes the one that it drew.
/// </summary>
public static class AugMixing
{
    /// <summary>How many operations there are.</summary>
    public const int Operations = 9;

    // The numbers that are drawn.
    private const int AutoContrast = 0, Equalize = 1, Posterize = 2, Solarize = 3, Rotate = 4, ShearX = 5, ShearY = 6,
    TranslateX = 7, TranslateY = 8;

    // The strength at which an operation reaches its end.
    private const double LargestLevel = 10;

    /// <summary>(1 − m)x + m Σᵢ wᵢ cᵢ(x).</summary>
    /// <param name="images">x, [N, C, H, W] in [0, 1].</param>
    /// <param name="operations">The operations of the chains c, chain after chain, [N, W·D], int64, in 0, ...,
    /// <see cref="Operations"/> − 1.</param>
    /// <param name="levels">Their strengths, [N, W·D], in [0, 10].</param>
    /// <param name="reversed">Whether each operation that has a direction goes the other way, [N, W·D], bool.</param>
    /// <param name="weights">w, [N, W], each row of sum 1.</param>
    /// <param name="share">m, [N], in [0, 1].</param>
    /// <param name="depths">How many operations of each chain come after its first, [N, W], int64, in 0, ..., D − 1; null for
    /// all.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Apply(
        Tensor images, Tensor operations, Tensor levels, Tensor reversed, Tensor weights, Tensor share, Tensor? depths = null)
    {
        using var scope = NewDisposeScope();
        long width = weights.size(1), depth = operations.size(1) / width;
        var signs = AffineMap.Sign(reversed, images.dtype);
        return Mixed(images, weights, share, chain =>
        {
            var image = images;
            for (long i = 0; i < depth; i++)
            {
                long column = (chain * depth) + i;
                var next = Once(image, operations.select(1, column), levels.select(1, column), signs.select(1, column));
                image = depths is null || i == 0
                    ? next
                    : where(Aten.ge(ImageColor.PerImage(depths.select(1, chain)), i), next, image);
            }

            return image;
        }).MoveToOuterDisposeScope();
    }

    /// <summary>The same of chains that are given: (1 − m)x + m Σᵢ wᵢ cᵢ.</summary>
    /// <param name="images">x, [N, C, H, W].</param>
    /// <param name="weights">w, [N, W], each row of sum 1.</param>
    /// <param name="share">m, [N], in [0, 1].</param>
    /// <param name="chains">c, one for each column of w, [N, C, H, W] each.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Mix(Tensor images, Tensor weights, Tensor share, params Tensor[] chains)
    {
        ArgumentNullException.ThrowIfNull(chains);
        using var scope = NewDisposeScope();
        return Mixed(images, weights, share, chain => chains[chain]).MoveToOuterDisposeScope();
    }

    private static Tensor Mixed(Tensor images, Tensor weights, Tensor share, Func<long, Tensor> chain)
    {
        var mixture = images.zeros_like();
        for (long i = 0; i < weights.size(1); i++)
            Aten.add_(mixture, chain(i) * ImageColor.PerImage(weights.select(1, i)));
        return lerp(images, mixture, ImageColor.PerImage(share));
    }

    private static Tensor Once(Tensor images, Tensor operations, Tensor levels, Tensor signs)
    {
        var operation = ImageColor.PerImage(operations);
        var level = ImageColor.PerImage(levels);
        var result = where(Aten.eq(operation, AutoContrast), ImageTone.Stretched(images), images);
        result = where(Aten.eq(operation, Equalize), ImageTone.Equalized(images), result);
        result = where(Aten.eq(operation, Posterize), ImageTone.Posterized(images, PosterizeSteps(level)), result);
        var bright = images.ge(Aten.sub(1, Aten.div(level, LargestLevel)));
        result = where(Aten.eq(operation, Solarize).logical_and(bright), Aten.sub(1, images), result);
        return where(Aten.ge(operation, Rotate), Moved(images, operations, levels * signs), result);
    }

    /// <summary>Four bits fewer at strength 0, one more for each 2.5 more.</summary>
    private static Tensor PosterizeSteps(Tensor level) =>
        Aten.full_like(level, 2).pow(Aten.add(Aten.mul(level, 4 / LargestLevel).floor(), 4));

    /// <summary>At strength 10, 30 degrees, a slope of 0.3, or a third of the image.</summary>
    private static Tensor Moved(Tensor images, Tensor operations, Tensor levels)
    {
        var angle = Of(Rotate, Math.PI / 6);
        var (cos, sin) = (angle.cos(), angle.sin());
        var map = AffineMap.Matrix(
            cos, Of(ShearX, 0.3) - sin, Of(TranslateX, -images.size(3) / 3.0),
            Aten.add(sin, Of(ShearY, 0.3)), cos, Of(TranslateY, -images.size(2) / 3.0));
        return AffineMap.Apply(images, map);

        Tensor Of(int operation, double largest) => Aten.mul(Aten.eq(operations, operation) * levels, largest / LargestLevel);
    }
}
