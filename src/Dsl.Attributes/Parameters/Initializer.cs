namespace Dsl;

/// <summary>How a parameter starts. Every random one draws from the generator that the model's constructor is given.</summary>
public enum Initializer
{
    /// <summary>As it starts without this rule: as another rule says, or by PyTorch's default.</summary>
    Unchanged,

    /// <summary>U(−b, b) with b = √3·gain/√fan (He et al. 2015, arXiv 1502.01852); reads Fan, Nonlinearity and Slope.</summary>
    KaimingUniform,

    /// <summary>N(0, σ²) with σ = gain/√fan (He et al. 2015, arXiv 1502.01852, equation 10); reads Fan, Nonlinearity and
    /// Slope.</summary>
    KaimingNormal,

    /// <summary>U(−b, b) with b = gain·√(6/(fan_in + fan_out)) (Glorot and Bengio 2010, equation 16); reads Gain.</summary>
    XavierUniform,

    /// <summary>N(0, σ²) with σ = gain·√(2/(fan_in + fan_out)) (Glorot and Bengio 2010); reads Gain.</summary>
    XavierNormal,

    /// <summary>
    /// The weight as a matrix [out, rest], times the gain, has orthonormal rows, or columns where it has more rows than columns
    /// (Saxe et al. 2014, arXiv 1312.6120); reads Gain.
    /// </summary>
    Orthogonal,

    /// <summary>N(0, σ²) with what lies beyond ±2σ drawn anew; reads Std, the σ before the cut.</summary>
    TruncatedNormal,

    /// <summary>N(0, σ²); reads Std.</summary>
    Normal,

    /// <summary>U(−b, b); reads Bound.</summary>
    Uniform,

    /// <summary>0.</summary>
    Zero,

    /// <summary>One number; reads Value.</summary>
    Constant,
}
