namespace Dsl;

/// <summary>An affine map of the last dimension, y = x Wᵀ + b: [N, ..., in] to [N, ..., <see cref="Features"/>].</summary>
/// <remarks>Parameters: weight [out, in], bias [out], both initialised from U(±1/√in) as in PyTorch.</remarks>
public sealed class LinearAttribute : NormalizedLayerAttribute
{
    /// <summary>A linear layer with the given number of output features.</summary>
    /// <param name="features">Size of the last dimension of the output.</param>
    public LinearAttribute(int features) => Features = features;

    /// <summary>The last layer of a model for a table, <c>[Model&lt;Iris&gt;]</c>: as many features as the label needs.</summary>
    public LinearAttribute()
    {
    }

    /// <summary>Size of the last dimension of the output.</summary>
    [Interval("[1, inf)")]
    public int Features { get; }

    /// <summary>Whether a learned bias is added. Redundant directly before a batch normalisation.</summary>
    public bool Bias { get; set; } = true;
}
