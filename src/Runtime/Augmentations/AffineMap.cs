using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Moves each image of a batch by its own affine map. Maps [N, 3, 3] take a place in the result to the place in the image that
/// is seen there, (column, row, 1) in pixels from the image's centre, columns to the right and rows downwards.
/// </summary>
public static class AffineMap
{
    /// <summary>Turns images counter-clockwise around their centres.</summary>
    /// <param name="degrees">[N].</param>
    public static Tensor Rotation(Tensor degrees)
    {
        using var scope = NewDisposeScope();
        var radians = Aten.mul(degrees, Math.PI / 180);
        var (cos, sin) = (radians.cos(), radians.sin());
        return Matrix(cos, -sin, null, sin, cos, null);
    }

    /// <summary>Enlarges images from their centres.</summary>
    /// <param name="factors">[N], above 0; above 1 enlarges.</param>
    public static Tensor Scaling(Tensor factors)
    {
        using var scope = NewDisposeScope();
        var inverse = factors.reciprocal();
        return Matrix(inverse, null, null, null, inverse, null);
    }

    /// <summary>Shifts rows, and columns, in proportion to their distance from the centre.</summary>
    /// <param name="degrees">[N, 2]: the angle by which vertical lines lean, and horizontal ones, in (−90, 90).</param>
    public static Tensor Shear(Tensor degrees)
    {
        using var scope = NewDisposeScope();
        var slopes = Aten.mul(degrees, Math.PI / 180).tan();
        var (x, y) = (slopes.select(1, 0), slopes.select(1, 1));

        // Columns lean first: x' = x − a·y, then y' = y − b·x'. This is the inverse.
        return Matrix(Aten.add(x * y, 1), x, null, y, null, null);
    }

    /// <summary>Moves images.</summary>
    /// <param name="shares">[N, 2]: to the right as a share of the width, downwards as a share of the height.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    public static Tensor Translation(Tensor shares, long height, long width)
    {
        using var scope = NewDisposeScope();
        return Matrix(
            null, null, Aten.mul(shares.select(1, 0), -width), null, null, Aten.mul(shares.select(1, 1), -height));
    }

    /// <summary>Moves images by whole pixels, as <see cref="ImageShift"/> does.</summary>
    /// <param name="offsets">[N, 2], int64: first row and column in the image padded by <paramref name="pixels"/>.</param>
    /// <param name="pixels">The largest distance.</param>
    /// <param name="type">The type of the images.</param>
    public static Tensor Shift(Tensor offsets, int pixels, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var distances = Aten.sub(offsets, pixels).to(type);
        return Matrix(null, null, distances.select(1, 1), null, null, distances.select(1, 0));
    }

    /// <summary>Mirrors left and right.</summary>
    /// <param name="flipped">Which images, [N], bool.</param>
    /// <param name="type">The type of the images.</param>
    public static Tensor HorizontalFlip(Tensor flipped, ScalarType type)
    {
        using var scope = NewDisposeScope();
        return Matrix(Sign(flipped, type), null, null, null, null, null);
    }

    /// <summary>Mirrors top and bottom.</summary>
    /// <inheritdoc cref="HorizontalFlip"/>
    public static Tensor VerticalFlip(Tensor flipped, ScalarType type)
    {
        using var scope = NewDisposeScope();
        return Matrix(null, null, null, null, Sign(flipped, type), null);
    }

    /// <summary>Images under maps that follow each other, read once, by bilinear interpolation; zeros lie outside.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <param name="maps">[N, 3, 3] each, in the order in which they happen.</param>
    /// <returns>[N, C, H, W]; the caller frees it.</returns>
    public static Tensor Apply(Tensor images, params Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        long height = images.size(2), width = images.size(3);

        // A place in the result goes through the last map first.
        var map = maps.Aggregate((before, last) => before.bmm(last));

        // From pixels to halves of an image, affine_grid's unit: S⁻¹·M·S with S = diag(W/2, H/2).
        var theta = map.narrow(1, 0, 2).clone();
        var (column, row) = (theta.select(1, 0), theta.select(1, 1));
        Aten.mul_(column.select(1, 2), 2.0 / width);
        Aten.mul_(row.select(1, 2), 2.0 / height);
        if (height != width)
        {
            Aten.mul_(column.select(1, 1), (double)height / width);
            Aten.mul_(row.select(1, 0), (double)width / height);
        }

        var grid = nn.functional.affine_grid(theta, images.shape, false);
        return nn.functional.grid_sample(images, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, false)
            .MoveToOuterDisposeScope();
    }

    /// <summary>The matrix of six elements [N] each; null is the identity's.</summary>
    internal static Tensor Matrix(Tensor? xx, Tensor? xy, Tensor? x, Tensor? yx, Tensor? yy, Tensor? y)
    {
        var some = xx ?? xy ?? x ?? yx ?? yy ?? y
            ?? throw new ArgumentException("A map needs an element that is given.", nameof(xx));
        var (zero, one) = (some.zeros_like(), some.ones_like());
        return stack([xx ?? one, xy ?? zero, x ?? zero, yx ?? zero, yy ?? one, y ?? zero, zero, zero, one], 1)
            .view(-1, 3, 3)
            .MoveToOuterDisposeScope();
    }

    /// <summary>−1 where an image is flipped, else 1.</summary>
    internal static Tensor Sign(Tensor flipped, ScalarType type) => Aten.sub(1, Aten.mul(flipped.to(type), 2));
}
