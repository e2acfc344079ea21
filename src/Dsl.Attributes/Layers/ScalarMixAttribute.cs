namespace Dsl;

/// <summary>
/// A mixture of several layers' values, γ·Σ s[j]·h[j] with s = softmax(w): of tagged values, in order, and of the value at
/// this place, which comes last. What a task takes of a language model of several layers (Peters et al. 2018, arXiv
/// 1802.05365, equation 1).
/// </summary>
/// <remarks>All values have one shape, which stays; parameters <c>weight</c> [L], which starts as zeros, so that each layer
/// counts alike, and <c>scale</c> [1], γ, which starts as 1.</remarks>
/// <example><code>
/// [Embedding(8000, 64), Tag("words"), Lstm(64), Tag("first"), Lstm(64), ScalarMix("words", "first"), Linear(9)]
/// </code></example>
public sealed class ScalarMixAttribute : LayerAttribute
{
    /// <summary>A mixture of tagged values and the value at this place.</summary>
    /// <param name="tags">Names that <see cref="TagAttribute">[Tag]</see>s further up gave.</param>
    public ScalarMixAttribute(params string[] tags) => Tags = tags;

    /// <summary>Names that <see cref="TagAttribute">[Tag]</see>s further up gave.</summary>
    public string[] Tags { get; }
}
