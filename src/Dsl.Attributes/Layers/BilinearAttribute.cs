namespace Dsl;

/// <summary>
/// A bilinear map of two inputs, y_k = x₁ᵀ A_k x₂ + b_k, on the last dimension: [N, ..., in1] and the tagged [N, ..., in2] to
/// [N, ..., <see cref="Features"/>].
/// </summary>
/// <remarks>Parameters: weight A [out, in1, in2], bias [out], both initialised from U(±1/√in1) as in PyTorch.</remarks>
public sealed class BilinearAttribute : LayerAttribute
{
    /// <summary>A bilinear layer with the given number of output features.</summary>
    /// <param name="features">Size of the last dimension of the output.</param>
    public BilinearAttribute(int features) => Features = features;

    /// <summary>Size of the last dimension of the output.</summary>
    [Interval("[1, inf)")]
    public int Features { get; }

    /// <summary>The tag of x₂; x₁ is what the stack stands at. Must be given.</summary>
    public string With { get; set; } = "";

    /// <summary>Whether a learned bias is added.</summary>
    public bool Bias { get; set; } = true;
}
