namespace Dsl;

/// <summary>
/// Adds a learned vector for each place of a sequence: [N, T, D] to [N, T, D] (Gehring et al. 2017, arXiv 1705.03122; BERT, GPT-2
/// and ViT do the same).
/// </summary>
/// <remarks>
/// Parameter: weight [length, D], from N(0, 0.02²) as in GPT-2 and BERT, where <c>torch.nn.Embedding</c> would start from N(0,
/// 1).
/// </remarks>
public sealed class PositionalEmbeddingAttribute : LayerAttribute
{
    /// <summary>Learned vectors of places.</summary>
    /// <param name="length">Number of vectors, at least the length of the input, which uses the first; 0 for just as
    /// many.</param>
    public PositionalEmbeddingAttribute(int length = 0) => Length = length;

    /// <summary>Number of vectors, at least the length of the input, which uses the first; 0 for just as many.</summary>
    [Interval("[0, inf)")]
    public int Length { get; }
}
