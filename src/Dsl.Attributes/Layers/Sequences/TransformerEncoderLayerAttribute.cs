namespace Dsl;

/// <summary>
/// Self-attention and a feed-forward network, each with a shortcut around it and a layer normalisation: [N, T, D] to [N, T, D]
/// (Vaswani et al. 2017, arXiv 1706.03762, figure 1, left).
/// </summary>
/// <remarks>
/// Parameters are those of <c>torch.nn.TransformerEncoderLayer</c>: self_attn.* as in <see cref="SelfAttentionAttribute"/>,
/// linear1.* and linear2.* as in <see cref="FeedForwardAttribute"/>, norm1.* and norm2.* as in
/// <see cref="LayerNormAttribute"/>.
/// </remarks>
public sealed class TransformerEncoderLayerAttribute : TransformerLayerAttribute
{
    /// <summary>An encoder layer.</summary>
    /// <param name="heads">Number of heads of attention; it divides the features.</param>
    /// <param name="hidden">Number of features inside the feed-forward network.</param>
    public TransformerEncoderLayerAttribute(int heads, int hidden) : base(heads, hidden)
    {
    }

    /// <summary>Whether a place attends only to itself and to those before it: the layer of GPT.</summary>
    public bool Causal { get; set; }
}
