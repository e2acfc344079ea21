namespace Dsl;

/// <summary>A layer of a transformer (Vaswani et al. 2017, arXiv 1706.03762, section 3.1).</summary>
public abstract class TransformerLayerAttribute : LayerAttribute
{
    private protected TransformerLayerAttribute(int heads, int hidden) => (Heads, Hidden) = (heads, hidden);

    /// <summary>Number of heads of attention; it divides the features.</summary>
    [Interval("[1, inf)")]
    public int Heads { get; }

    /// <summary>Number of features inside the feed-forward network.</summary>
    [Interval("[1, inf)")]
    public int Hidden { get; }

    /// <summary>
    /// Whether each part is normalised before it, x + F(norm(x)), which trains without a warm-up (Xiong et al. 2020, arXiv
    /// 2002.04745), instead of behind its sum, norm(x + F(x)), as in the original paper.
    /// </summary>
    public bool NormFirst { get; set; }

    /// <summary>
    /// Probability of dropping, while training, an attention weight, an output of a part, and a feature inside the feed-forward
    /// network; the paper's and PyTorch's default is 0.1.
    /// </summary>
    [Interval("[0, 1)")]
    public double Dropout { get; set; } = 0.1;

    /// <summary>The function inside the feed-forward network.</summary>
    public Activation Activation { get; set; }

    /// <summary>Whether linear maps and normalisations have biases.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>Added to the variance in the normalisations.</summary>
    [Interval("(0, inf)")]
    public double Epsilon { get; set; } = 1e-5;
}
