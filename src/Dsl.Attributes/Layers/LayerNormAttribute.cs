namespace Dsl;

/// <summary>
/// Layer normalisation, y = (x − μ)/√(σ² + ε)·weight + bias with the mean μ and the biased variance σ² of the last dimensions
/// of each sample: [N, ..., D] to the same shape (Ba et al. 2016, arXiv 1607.06450).
/// </summary>
/// <remarks>Parameters of the shape of the last dimensions: weight from 1, bias from 0, as in PyTorch. The same in both
/// modes.</remarks>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>Layer normalisation of the last dimensions.</summary>
    /// <param name="dimensions">How many of the last dimensions are normalised together.</param>
    public LayerNormAttribute(int dimensions = 1) => Dimensions = dimensions;

    /// <summary>How many of the last dimensions are normalised together; [N, C, H, W] with 3 is one image at a time.</summary>
    [Interval("[1, inf)")]
    public int Dimensions { get; }

    /// <summary>Added to the variance before the root; PyTorch's default is 1e-5.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether weight and bias are learned.</summary>
    public bool Affine { get; set; } = true;

    /// <summary>Whether there is a bias beside the weight.</summary>
    public bool Bias { get; set; } = true;
}
