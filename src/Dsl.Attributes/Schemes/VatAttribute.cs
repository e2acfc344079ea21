namespace Dsl;

/// <summary>
/// Virtual adversarial training: the prediction shall not move in the direction in which it moves most,
/// α·mean KL(softmax z(x) ‖ softmax z(x + r)), r = ε·g/‖g‖ with g the gradient of KL(softmax z(x) ‖ softmax z(x + ξd)) by a
/// random unit direction d (Miyato et al. 2018, arXiv 1704.03976, algorithm 1).
/// </summary>
/// <remarks>
/// Added to a labelled objective; reads a second stream of unlabelled inputs, real numbers, in <c>Fit</c> and <c>Batch</c>.
/// Directions are normalised for each sample over all its elements. The prediction for x and the direction are constants; the
/// passes do not move running statistics, and the power iteration computes no gradient of any parameter. Each pass draws dropout
/// masks of its own. With <c>[EntropyMinimization]</c> it is the paper's VAT+EntMin.
/// </remarks>
public sealed class VatAttribute : SchemeAttribute
{
    /// <summary>ε: the length of the disturbance of a sample, in the units of its input.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1;

    /// <summary>ξ: the length of the step by which the direction is found. In single precision too small a one drowns in
    /// rounding.</summary>
    [Interval("(0, inf)")]
    public double Xi { get; set; } = 0.1;

    /// <summary>Power iterations; 1 is what the authors use.</summary>
    [Interval("[1, 10]")]
    public int Iterations { get; set; } = 1;

    /// <summary>α: weight of the term.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; set; } = 1;
}
