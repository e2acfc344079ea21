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
public sealed class SelfAttentionAttribute : AttentionAttribute
{
    /// <summary>Self-attention with the given number of heads.</summary>
    /// <param name="heads">Number of heads; it divides the features.</param>
    public SelfAttentionAttribute(int heads) : base(heads)
    {
    }

    /// <summary>Whether a place attends only to itself and to those before it, as a model of language does.</summary>
    public bool Causal { get; set; }

    /// <summary>
    /// Whether queries and keys are turned by angles that grow with their place, so that their products depend on the distance
    /// between the two (RoPE, Su et al. 2021, arXiv 2104.09864, section 3.2.2). Feature i of a head is paired with feature i +
    /// d/2, as GPT-NeoX and Llama do it; the paper and GPT-J pair neighbours, which is the same up to the order of features
    /// inside a head.
    /// </summary>
    public bool Rotary { get; set; }

    /// <summary>Base b of the angles: place p turns pair i by p·b^(−2i/d).</summary>
    [Interval("(1, inf)")]
    public double RotaryBase { get; set; } = 10000;
}
