namespace Dsl;

/// <summary>x minus the logarithm of the sum of eˣ over one dimension, computed stably; the shape stays.</summary>
/// <remarks>The objectives of this library take logits and need no such layer before them.</remarks>
public sealed class LogSoftmaxAttribute : LayerAttribute
{
    /// <summary>The logarithm of a softmax over one dimension.</summary>
    /// <param name="dimension">The dimension whose exponentials sum to one; negative ones count from the end, and 0, the batch,
    /// is none.</param>
    public LogSoftmaxAttribute(int dimension = -1) => Dimension = dimension;

    /// <summary>The dimension whose exponentials sum to one; negative ones count from the end.</summary>
    public int Dimension { get; }
}
