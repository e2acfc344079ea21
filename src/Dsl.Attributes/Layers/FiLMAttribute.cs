namespace Dsl;

/// <summary>
/// Feature-wise linear modulation: (1 + γ)·x + β, where a tagged value [N, 2C] has γ in its first C columns and β in the
/// others, a number of each for every channel of a sample: [N, C, ...] stays (Perez et al. 2018, arXiv 1709.07871, equation 2).
/// </summary>
/// <remarks>Channels are dimension 1. A linear layer before the tag, which begins near 0, makes it begin near x.</remarks>
/// <example><code>
/// [From("time"), TimestepEmbedding(64), SiLU, Linear(64), Tag("level")]
/// [From("noisy"), Conv2d(32, 3, Padding = 1), GroupNorm(8), FiLM("level"), SiLU]
/// </code></example>
public sealed class FiLMAttribute : LayerAttribute
{
    /// <summary>Modulates the value at this place by one that was tagged.</summary>
    /// <param name="tag">The name that a <see cref="TagAttribute">[Tag]</see> further up gave.</param>
    public FiLMAttribute(string tag) => Tag = tag;

    /// <summary>The name that a <see cref="TagAttribute">[Tag]</see> further up gave.</summary>
    public string Tag { get; }
}
