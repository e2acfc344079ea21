using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The box of CutMix (Yun et al. 2019, arXiv 1905.04899).</summary>
public static class CutMixBox
{
    /// <summary>Which pixels stay: 0 in a box that covers 1 − λ of the image before what lies outside is cut off, else
    /// 1.</summary>
    /// <param name="share">λ, without dimensions.</param>
    /// <param name="row">Row of the box's centre, int64, without dimensions.</param>
    /// <param name="column">Column of the centre, int64, without dimensions.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <returns>[height, width] of the share's type; the caller frees it.</returns>
    public static Tensor Kept(Tensor share, Tensor row, Tensor column, long height, long width)
    {
        using var scope = NewDisposeScope();
        return Kept(share, row, column, null, height, width).MoveToOuterDisposeScope();
    }

    /// <summary>The same where the box happens; else every pixel stays.</summary>
    /// <param name="share">λ, without dimensions.</param>
    /// <param name="row">Row of the box's centre, int64, without dimensions.</param>
    /// <param name="column">Column of the centre, int64, without dimensions.</param>
    /// <param name="happens">Whether there is a box at all, bool, without dimensions.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <returns>[height, width] of the share's type; the caller frees it.</returns>
    public static Tensor KeptIf(Tensor share, Tensor row, Tensor column, Tensor happens, long height, long width)
    {
        using var scope = NewDisposeScope();
        return Kept(share, row, column, happens, height, width).MoveToOuterDisposeScope();
    }

    private static Tensor Kept(Tensor share, Tensor row, Tensor column, Tensor? happens, long height, long width)
    {
        // In double precision: a side that is a whole number must not be rounded to the one below.
        var side = Aten.sub(1, share.to(ScalarType.Float64)).sqrt();
        var box = Within(height, row, side).unsqueeze(1).logical_and(Within(width, column, side));
        if (happens is not null) box = box.logical_and(happens);
        return box.logical_not().to(share.dtype);
    }

    /// <summary>Which places along a dimension lie in the box, [size].</summary>
    private static Tensor Within(long size, Tensor centre, Tensor side)
    {
        var half = Aten.floor_divide(Aten.mul(side, size).floor().to(ScalarType.Int64), 2);
        var from = Aten.arange(0, size, centre.device) - centre;
        return from.ge(-half).logical_and(from.lt(half));
    }
}
