namespace Dsl;

/// <summary>
/// Two linear maps of the last dimension with a function between them, φ(x W₁ᵀ + b₁) W₂ᵀ + b₂: [N, ..., D] to [N, ..., D]
/// (Vaswani et al. 2017, arXiv 1706.03762, section 3.3).
/// </summary>
/// <remarks>Parameters: linear1.weight [hidden, D], linear1.bias [hidden], linear2.weight [D, hidden], linear2.bias [D], from
/// U(±1/√in).</remarks>
public sealed class FeedForwardAttribute : LayerAttribute
{
    /// <summary>A feed-forward network.</summary>
    /// <param name="hidden">Number of features between the two maps.</param>
    public FeedForwardAttribute(int hidden) => Hidden = hidden;

    /// <summary>Number of features between the two maps.</summary>
    [Interval("[1, inf)")]
    public int Hidden { get; }

    /// <summary>The function between the two maps.</summary>
    public Activation Activation { get; set; }

    /// <summary>Probability that a feature between the two maps is dropped while training.</summary>
    [Interval("[0, 1)")]
    public double Dropout { get; set; }

    /// <summary>Whether the two maps have biases.</summary>
    public bool Bias { get; set; } = true;
}
