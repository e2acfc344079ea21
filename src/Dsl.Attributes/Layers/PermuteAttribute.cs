namespace Dsl;

/// <summary>The dimensions in another order: output dimension i is the input's dimension <c>dimensions[i − 1]</c>.</summary>
/// <remarks>Dimensions are numbered as in the whole tensor, so that 0 is the batch, which stays where it is. No
/// parameters.</remarks>
/// <example><c>Permute(2, 1)</c> turns [N, L, C] into [N, C, L]; <c>Permute(3, 1, 2)</c> turns [N, H, W, C] into [N, C, H,
/// W].</example>
public sealed class PermuteAttribute : LayerAttribute
{
    /// <summary>A permutation.</summary>
    /// <param name="dimensions">Each of the input's dimensions but the batch once, from 1 on.</param>
    public PermuteAttribute(params int[] dimensions) => Dimensions = dimensions;

    /// <summary>Each of the input's dimensions but the batch once, from 1 on.</summary>
    [Interval("[1, inf)")]
    public int[] Dimensions { get; }
}
