namespace Dsl;

/// <summary>
/// A learned vector for each index: integers [N, ...] to [N, ..., <see cref="Features"/>]; the model's input, or a further one,
/// declares
/// <see cref="Elements.Index"/>.
/// </summary>
/// <remarks>
/// Parameter: weight [vocabulary, features] from N(0, 1), as <c>torch.nn.Embedding</c>; with
/// <see cref="WeightedLayerAttribute.Share"/> it can be that of the output layer too. An index outside of the vocabulary is an
/// error when the model runs.
/// </remarks>
public sealed class EmbeddingAttribute : WeightedLayerAttribute
{
    /// <summary>A table of vectors.</summary>
    /// <param name="vocabulary">Number of vectors; indices are in [0, vocabulary).</param>
    /// <param name="features">Size of a vector.</param>
    public EmbeddingAttribute(int vocabulary, int features) => (Vocabulary, Features) = (vocabulary, features);

    /// <summary>Number of vectors; indices are in [0, vocabulary).</summary>
    [Interval("[1, inf)")]
    public int Vocabulary { get; }

    /// <summary>Size of a vector.</summary>
    [Interval("[1, inf)")]
    public int Features { get; }

    /// <summary>An index that fills up what is too short: its vector starts as zeros and gets no gradient; -1 for none.</summary>
    [Interval("[-1, inf)")]
    public int PaddingIndex { get; set; } = -1;

    /// <summary>Whether vectors are multiplied by √features (Vaswani et al. 2017, arXiv 1706.03762, section 3.4).</summary>
    public bool Scaled { get; set; }
}
