namespace Dsl;

/// <summary>A layer of one weight that can be learned as a direction and a length.</summary>
public abstract class NormalizedLayerAttribute : WeightedLayerAttribute
{
    /// <summary>What is learned in the place of the weight.</summary>
    /// <remarks>Neither a weight that is shared nor a kernel that is masked or transposed can be normalised.</remarks>
    public WeightNormalization Normalize { get; set; }
}
