namespace Dsl;

/// <summary>
/// Means of as many windows as the output has places: [N, C, H, W] to [N, C, s, s]. Place i averages the rows from ⌊i·H/s⌋ to
/// ⌈(i + 1)·H/s⌉ − 1, and columns likewise; windows overlap where the size does not divide.
/// </summary>
public sealed class AdaptiveAvgPool2dAttribute : LayerAttribute
{
    /// <summary>Pooling to a given size.</summary>
    /// <param name="size">Height and width s of the output.</param>
    public AdaptiveAvgPool2dAttribute(int size) => Size = size;

    /// <summary>Height and width s of the output.</summary>
    [Interval("[1, inf)")]
    public int Size { get; }
}
