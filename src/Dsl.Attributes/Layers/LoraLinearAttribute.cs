namespace Dsl;

/// <summary>
/// A linear layer that stays as it is, and a low-rank change of it that is learned: y = x·(W + α/r·B·A)ᵀ + b, [N, ..., in]
/// to [N, ..., <see cref="Features"/>] (LoRA; Hu et al. 2022, arXiv 2106.09685, equation 3).
/// </summary>
/// <remarks>
/// <para>
/// Parameters, named as those of the authors' loralib: weight W [out, in] and bias b [out], which are frozen and start as those
/// of <c>Linear</c>; lora_A [r, in] from U(±1/√in), PyTorch's Kaiming start with a = √5; lora_B [out, r] zeros, so that the
/// layer begins as the one whose weights it was given. r·(in + out) numbers are learned of in·out. In the place of a
/// <c>Linear</c> it reads that layer's weights with <c>strict: false</c>, and <c>NetworkWeights.Copy(from, to)</c> copies them by
/// their names.
/// </para>
/// <para>
/// A model with such layers has a <c>Merge()</c>, which puts W + α/r·B·A in the place of each W and zeros in that of B;
/// undone, every number is again what it was, to the last bit.
/// </para>
/// </remarks>
/// <example><code>
/// [Model(64), LoraLinear(256, 4), ReLU, LoraLinear(256, 4, Alpha = 8), ReLU, Linear(10)]
/// public partial class Tuned;
/// </code></example>
public sealed class LoraLinearAttribute : LayerAttribute
{
    /// <summary>A linear layer of which a low-rank change is learned.</summary>
    /// <param name="features">Size of the last dimension of the output.</param>
    /// <param name="rank">r: the rank of the change; below both sizes of W.</param>
    public LoraLinearAttribute(int features, int rank)
    {
        Features = features;
        Rank = rank;
    }

    /// <summary>Size of the last dimension of the output.</summary>
    [Interval("[1, inf)")]
    public int Features { get; }

    /// <summary>r: the rank of the change, below both sizes of W.</summary>
    [Interval("[1, inf)")]
    public int Rank { get; }

    /// <summary>α: the change is multiplied by α/r; 0 for α = r, a factor of 1.</summary>
    [Interval("[0, inf)")]
    public double Alpha { get; set; }

    /// <summary>Whether there is a bias, which stays as it is, too.</summary>
    public bool Bias { get; set; } = true;
}
