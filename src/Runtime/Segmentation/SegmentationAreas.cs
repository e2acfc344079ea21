using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Areas of classes in maps of them.</summary>
public static class SegmentationAreas
{
    /// <summary>What each class counts in a generalised Dice loss, 1/area² (Sudre et al. 2017, arXiv 1707.03237, section 2). One
    /// without an area counts as much as the smallest that has one beside it, and 1 where none has.</summary>
    /// <param name="areas">[..., K]: positions of each class.</param>
    /// <returns>[..., K]; the caller frees it.</returns>
    public static Tensor Weights(Tensor areas)
    {
        ArgumentNullException.ThrowIfNull(areas);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor isEmpty = Aten.le(areas, 0.0);
        Tensor filled = Aten.masked_fill(areas, isEmpty, 1.0);
        Tensor weights = Aten.masked_fill((filled * filled).reciprocal(), isEmpty, 0.0);
        Tensor largest = weights.amax([-1], keepdim: true);
        Tensor filling = Aten.masked_fill(largest, Aten.le(largest, 0.0), 1.0);
        return where(isEmpty, filling, weights).MoveToOuterDisposeScope();
    }
}
