namespace Dsl;

/// <summary>
/// Attention of a sequence to itself, softmax(q kᵀ/√d) v in each of several heads of d features: [N, T, D] to [N, T, D]
/// (Vaswani et al. 2017, arXiv 1706.03762, section 3.2).
/// </summary>
/// <remarks>
/// Parameters, names and initialisation are those of <c>torch.nn.MultiheadAttention</c>: in_proj_weight [3D, D] for queries, keys
/// and values from Xavier's uniform distribution, in_proj_bias [3D] from 0, out_proj.weight [D, D] from U(±1/√D),
/// out_proj.bias [D] from 0.
/// </remarks>
public sealed class SelfAttentionAttribute : AttentionToItselfAttribute
{
    /// <summary>Self-attention with the given number of heads.</summary>
    /// <param name="heads">Number of heads; it divides the features.</param>
    public SelfAttentionAttribute(int heads) : base(heads)
    {
    }
}
