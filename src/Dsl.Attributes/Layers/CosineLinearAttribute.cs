namespace Dsl;

/// <summary>
/// The cosine between each sample and each of K learned directions, [N, ..., K], in [-1, 1]: a linear layer without a bias whose
/// inputs and rows of weights are brought to length 1 (Gidaris and Komodakis 2018, arXiv 1804.09458, section 3.2, without the
/// factor).
/// </summary>
/// <remarks>[N, ..., D] of features; parameter <c>weight</c> [K, D]. A softmax of cosines alone is nearly even: an objective with
/// a scale, such as <see cref="LdamAttribute"/>, stands behind it.</remarks>
public sealed class CosineLinearAttribute : WeightedLayerAttribute
{
    /// <summary>A layer with so many outputs.</summary>
    /// <param name="features">K: how many directions.</param>
    public CosineLinearAttribute(int features) => Features = features;

    /// <summary>K: how many directions.</summary>
    [Interval("[1, inf)")]
    public int Features { get; }
}
