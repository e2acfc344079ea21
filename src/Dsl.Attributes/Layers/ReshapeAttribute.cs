namespace Dsl;

/// <summary>The same elements of each sample in another shape: [N, ...] to [N, sizes].</summary>
/// <remarks>Elements keep their order, the last dimension running fastest. No parameters.</remarks>
/// <example><c>[Model(64), Reshape(1, 8, 8)]</c> makes images of vectors; <c>Reshape(4, -1)</c> leaves the second size to the
/// compiler.</example>
public sealed class ReshapeAttribute : LayerAttribute
{
    /// <summary>A change of shape.</summary>
    /// <param name="sizes">The new sizes without the batch dimension. One may be −1: it becomes what the others leave.</param>
    public ReshapeAttribute(params int[] sizes) => Sizes = sizes;

    /// <summary>The new sizes without the batch dimension; at most one is −1, the others are at least 1.</summary>
    [Interval("[-1, inf)")]
    public int[] Sizes { get; }
}
