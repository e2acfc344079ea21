using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A few of an image's many boxes, at random: objects up to a share, background for the rest.</summary>
internal static class BoxSampling
{
    /// <summary>The first of each kind by an order that was drawn.</summary>
    /// <param name="isObject">[N, P] of yes or no: boxes that stand for an object.</param>
    /// <param name="isBackground">[N, P] of yes or no.</param>
    /// <param name="order">[N, P], numbers drawn uniformly; the smallest come first.</param>
    /// <param name="count">Boxes of an image; fewer where it has no more background.</param>
    /// <param name="share">The largest share of those that stand for an object.</param>
    /// <returns>[N, P] of yes or no each: the objects that are taken, and the background. In the caller's scope.</returns>
    public static (Tensor Objects, Tensor Background) Take(
        Tensor isObject, Tensor isBackground, Tensor order, int count, double share)
    {
        Tensor objects = isObject.logical_and(Aten.lt(Place(isObject, order), (long)(count * share)));
        Tensor room = Aten.sub(count, objects.sum(1, keepdim: true));
        return (objects, isBackground.logical_and(Place(isBackground, order).lt(room)));
    }

    // The place of each box among those of its kind, which stand before all others.
    private static Tensor Place(Tensor isOfKind, Tensor order) =>
        Aten.masked_fill(order, isOfKind.logical_not(), double.PositiveInfinity).argsort(1).argsort(1);
}
