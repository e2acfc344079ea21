namespace Dsl;

/// <summary>
/// Self-attention that stays as it is, and low-rank changes of what makes its queries and values that are learned: q =
/// x·(W_q + α/r·B_q·A_q)ᵀ + b_q, v likewise, [N, T, D] to [N, T, D] (LoRA; Hu et al. 2022, arXiv 2106.09685, equation 3;
/// why queries and values: section 7.1).
/// </summary>
/// <remarks>
/// <para>
/// Frozen, named and started as those of <see cref="SelfAttentionAttribute"/>: in_proj_weight, in_proj_bias, out_proj.weight,
/// out_proj.bias. Learned: lora_q_A and lora_v_A [r, D] from U(±1/√D), lora_q_B and lora_v_B [D, r] zeros, so that the layer
/// begins as the one whose weights it was given: 4·r·D numbers of 4·D².
/// </para>
/// <para>The model's <c>Merge()</c> puts W + α/r·B·A in the place of both parts of in_proj_weight, and undoes
/// it exactly.</para>
/// </remarks>
/// <example><code>
/// [Block, Residual, LayerNorm, LoraSelfAttention(4, 8), Add]
/// public partial class Attends;
/// </code></example>
public sealed class LoraSelfAttentionAttribute : AttentionToItselfAttribute
{
    /// <summary>Self-attention of which low-rank changes are learned.</summary>
    /// <param name="heads">Number of heads; it divides the features.</param>
    /// <param name="rank">r: the rank of each change; below D.</param>
    public LoraSelfAttentionAttribute(int heads, int rank) : base(heads) => Rank = rank;

    /// <summary>r: the rank of each change, below D.</summary>
    [Interval("[1, inf)")]
    public int Rank { get; }

    /// <summary>α: the changes are multiplied by α/r; 0 for α = r, a factor of 1.</summary>
    [Interval("[0, inf)")]
    public double Alpha { get; set; }
}
