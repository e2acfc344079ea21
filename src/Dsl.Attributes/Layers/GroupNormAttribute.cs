namespace Dsl;

/// <summary>
/// Group normalisation, y = (x − μ)/√(σ² + ε)·weight + bias with the mean μ and the biased variance σ² of each sample's groups
/// of neighbouring channels: [N, C, ...] to the same shape (Wu and He 2018, arXiv 1803.08494).
/// </summary>
/// <remarks>Parameters: weight [C] from 1, bias [C] from 0, as in PyTorch. The same in both modes.</remarks>
public sealed class GroupNormAttribute : LayerAttribute
{
    /// <summary>Group normalisation.</summary>
    /// <param name="groups">Number of groups; must divide the input's channels.</param>
    public GroupNormAttribute(int groups) => Groups = groups;

    /// <summary>Number of groups; must divide the input's channels. 1 normalises the whole sample.</summary>
    [Interval("[1, inf)")]
    public int Groups { get; }

    /// <summary>Added to the variance before the root; PyTorch's default is 1e-5.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether weight and bias are learned.</summary>
    public bool Affine { get; set; } = true;
}
