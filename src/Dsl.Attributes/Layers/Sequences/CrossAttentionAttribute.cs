namespace Dsl;

/// <summary>
/// Attention of a sequence [N, T, D] to another one [N, S, C] that was tagged: queries come from the first, keys and values from
/// the second; the output is [N, T, D] (Vaswani et al. 2017, arXiv 1706.03762, section 3.2.3).
/// </summary>
/// <remarks>
/// Parameters are those of <c>torch.nn.MultiheadAttention</c>: where C = D, in_proj_weight [3D, D]; else q_proj_weight [D, D],
/// k_proj_weight [D, C] and v_proj_weight [D, C] (kdim and vdim); in both cases in_proj_bias [3D], out_proj.weight [D, D] and
/// out_proj.bias [D].
/// </remarks>
public sealed class CrossAttentionAttribute : AttentionAttribute
{
    /// <summary>Cross-attention with the given number of heads.</summary>
    /// <param name="heads">Number of heads; it divides the features.</param>
    public CrossAttentionAttribute(int heads) : base(heads)
    {
    }

    /// <summary>The name of the sequence that is attended to, as a <see cref="TagAttribute">[Tag]</see> gave it.</summary>
    public string Context { get; set; } = "memory";
}
