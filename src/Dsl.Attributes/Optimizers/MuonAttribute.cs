namespace Dsl;

/// <summary>
/// Muon: momentum whose direction is made orthogonal, for hidden matrices; AdamW for everything else (Jordan et al. 2024,
/// https://kellerjordan.github.io/posts/muon; Liu et al. 2025, arXiv 2502.16982).
/// </summary>
/// <remarks>
/// <para>m ← μm + (1 − μ)g, u = (1 − μ)g + μm with Nesterov (else u = m), O = U·Vᵀ of u, nearly, by
/// Newton and Schulz's iteration, θ ← θ − ηλθ − η·√max(1, rows/columns)·O.</para>
/// <para>A hidden matrix is a weight of a product, a convolution or a recurrence with two or more dimensions, taken as [first,
/// all others]. Embeddings, learned positions, the last layer before each result, vectors, what <see cref="Except"/> names and
/// what the trainer learns beside networks are AdamW's, with the rate <see cref="AdamLearningRate"/>, which follows the same
/// schedule.</para>
/// </remarks>
public sealed class MuonAttribute : OptimizerAttribute
{
    /// <summary>Muon with the given learning rate.</summary>
    /// <param name="learningRate">The learning rate η of matrices.</param>
    public MuonAttribute(double learningRate = 2e-2) : base(learningRate)
    {
    }

    /// <summary>Momentum μ.</summary>
    [Interval("[0, 1)")]
    public double Momentum { get; set; } = 0.95;

    /// <summary>Whether to look ahead along the momentum.</summary>
    public bool Nesterov { get; set; } = true;

    /// <summary>Steps of the iteration; each takes three matrix products.</summary>
    [Interval("[1, 100]")]
    public int NewtonSchulzSteps { get; set; } = 5;

    /// <summary>A layer or a parameter, by its path (<c>"3"</c>, <c>"3.weight"</c>), that is AdamW's although it is a hidden
    /// matrix; empty for none.</summary>
    public string Except { get; set; } = "";

    /// <summary>Decoupled weight decay λ of matrices and of AdamW's parameters, each times its own rate.</summary>
    [Interval("[0, inf)")]
    public double WeightDecay { get; set; }

    /// <summary>The learning rate of AdamW's parameters.</summary>
    [Interval("(0, inf)")]
    public double AdamLearningRate { get; set; } = 3e-4;

    /// <summary>Decay β₁ of their first moment.</summary>
    [Interval("[0, 1)")]
    public double AdamBeta1 { get; set; } = 0.9;

    /// <summary>Decay β₂ of their second moment.</summary>
    [Interval("[0, 1)")]
    public double AdamBeta2 { get; set; } = 0.95;

    /// <summary>Added to the root of their second moment, for numerical stability.</summary>
    [Interval("(0, inf)")]
    public double AdamEpsilon { get; set; } = 1e-10;
}
