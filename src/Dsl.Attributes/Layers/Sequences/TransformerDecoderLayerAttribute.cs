namespace Dsl;

/// <summary>
/// Self-attention, attention to another sequence and a feed-forward network, each with a shortcut around it and a layer
/// normalisation: [N, T, D] to [N, T, D] (Vaswani et al. 2017, arXiv 1706.03762, figure 1, right).
/// </summary>
/// <remarks>
/// Parameters are those of <c>torch.nn.TransformerDecoderLayer</c>: self_attn.* as in <see cref="SelfAttentionAttribute"/>,
/// multihead_attn.* as in <see cref="CrossAttentionAttribute"/>, linear1.* and linear2.* as in
/// <see cref="FeedForwardAttribute"/>, norm1.* to norm3.* as in
/// <see cref="LayerNormAttribute"/>. Self-attention is causal unless said otherwise, where PyTorch wants a mask.
/// </remarks>
public sealed class TransformerDecoderLayerAttribute : TransformerLayerAttribute
{
    /// <summary>A decoder layer.</summary>
    /// <param name="heads">Number of heads of attention; it divides the features.</param>
    /// <param name="hidden">Number of features inside the feed-forward network.</param>
    public TransformerDecoderLayerAttribute(int heads, int hidden) : base(heads, hidden)
    {
    }

    /// <summary>The name of the sequence that is attended to, as a <see cref="TagAttribute">[Tag]</see> gave it.</summary>
    public string Context { get; set; } = "memory";

    /// <summary>Whether a place of the sequence itself attends only to itself and to those before it.</summary>
    public bool Causal { get; set; } = true;
}
