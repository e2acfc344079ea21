namespace Dsl;

/// <summary>Attention of a sequence to itself: [N, T, D] to [N, T, D] (Vaswani et al. 2017, arXiv 1706.03762, section
/// 3.2).</summary>
public abstract class AttentionToItselfAttribute : AttentionAttribute
{
    private protected AttentionToItselfAttribute(int heads) : base(heads)
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
