namespace Dsl;

/// <summary>Multi-head scaled dot-product attention (Vaswani et al. 2017, arXiv 1706.03762, sections 3.2.1 and 3.2.2).</summary>
public abstract class AttentionAttribute : LayerAttribute
{
    private protected AttentionAttribute(int heads) => Heads = heads;

    /// <summary>Number of heads; it divides the features.</summary>
    [Interval("[1, inf)")]
    public int Heads { get; }

    /// <summary>Probability that an attention weight is dropped while training; PyTorch's default is 0.</summary>
    [Interval("[0, 1)")]
    public double Dropout { get; set; }

    /// <summary>Whether the four linear maps have biases.</summary>
    public bool Bias { get; set; } = true;
}
