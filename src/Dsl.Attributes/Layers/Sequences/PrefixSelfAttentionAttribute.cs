namespace Dsl;

/// <summary>
/// Self-attention that stays as it is, with P learned keys and values before those of the sequence, which every place attends to:
/// [N, T, D] to [N, T, D] (prefix tuning; Li and Liang 2021, arXiv 2101.00190, section 4.2).
/// </summary>
/// <remarks>
/// <para>
/// Frozen, named and started as those of <see cref="SelfAttentionAttribute"/>: in_proj_weight, in_proj_bias, out_proj.weight,
/// out_proj.bias. Learned with <see cref="Hidden"/> = H: prefix [P, D] from N(0, 1), and a network of two layers that makes keys
/// and values of it, [k, v] = W₂·tanh(W₁·prefix + b₁) + b₂: prefix_mlp.0.weight [H, D], prefix_mlp.0.bias [H],
/// prefix_mlp.2.weight [2D, H], prefix_mlp.2.bias [2D], each layer with one of its own (section 4.3; PrefixTuning's code
/// has one for all layers). Learned without: prefix [P, 2D], keys and values themselves, from N(0, 0.02²).
/// </para>
/// <para>
/// A prefix has no place: a causal mask hides none of it, rotary angles do not turn its keys, and the ends of sequences do not
/// count it.
/// </para>
/// </remarks>
public sealed class PrefixSelfAttentionAttribute : AttentionToItselfAttribute
{
    /// <summary>Self-attention with learned keys and values before those of the sequence.</summary>
    /// <param name="heads">Number of heads; it divides the features.</param>
    /// <param name="length">P: how many keys and values are learned.</param>
    public PrefixSelfAttentionAttribute(int heads, int length) : base(heads) => Length = length;

    /// <summary>P: how many keys and values are learned; the paper has 10 for tables and 200 for summaries.</summary>
    [Interval("[1, inf)")]
    public int Length { get; }

    /// <summary>H: the width of the network that makes keys and values; 0 for learning them directly, which the paper finds
    /// unstable.</summary>
    [Interval("[0, inf)")]
    public int Hidden { get; set; } = 512;
}
