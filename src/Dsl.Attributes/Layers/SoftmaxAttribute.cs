namespace Dsl;

/// <summary>eˣ divided by its sum over one dimension; the shape stays.</summary>
/// <remarks>The objectives of this library take logits and need no such layer before them.</remarks>
public sealed class SoftmaxAttribute : LayerAttribute
{
    /// <summary>A softmax over one dimension.</summary>
    /// <param name="dimension">The dimension that sums to one; negative ones count from the end, and 0, the batch, is
    /// none.</param>
    public SoftmaxAttribute(int dimension = -1) => Dimension = dimension;

    /// <summary>The dimension that sums to one; negative ones count from the end.</summary>
    public int Dimension { get; }
}
