namespace Dsl;

/// <summary>
/// Root mean square normalisation, y = x/√(mean x² + ε)·weight with the mean over the last dimensions of each sample:
/// [N, ..., D] to the same shape (Zhang and Sennrich 2019, arXiv 1910.07467, equation 4).
/// </summary>
/// <remarks>Parameter of the shape of the last dimensions: weight from 1, as in PyTorch. The same in both modes.</remarks>
public sealed class RMSNormAttribute : LayerAttribute
{
    /// <summary>Root mean square normalisation of the last dimensions.</summary>
    /// <param name="dimensions">How many of the last dimensions are normalised together.</param>
    public RMSNormAttribute(int dimensions = 1) => Dimensions = dimensions;

    /// <summary>How many of the last dimensions are normalised together.</summary>
    [Interval("[1, inf)")]
    public int Dimensions { get; }

    /// <summary>Added to the mean square before the root; PyTorch's default is the precision of the elements, 2⁻²³ for
    /// float32.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1.1920928955078125e-7;

    /// <summary>Whether a weight is learned.</summary>
    public bool Affine { get; set; } = true;
}
