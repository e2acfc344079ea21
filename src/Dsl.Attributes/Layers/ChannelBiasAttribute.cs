namespace Dsl;

/// <summary>
/// x + b, where a tagged value b [N, C] has a summand for every channel of a sample: [N, C, ...] stays. Of an embedding of a
/// label it is the bias by class of the conditional PixelCNN (van den Oord et al. 2016, arXiv 1606.05328, equation 4).
/// </summary>
/// <remarks>Channels are dimension 1. A factor for every channel beside the summand is <see
/// cref="FiLMAttribute">[FiLM]</see>.</remarks>
/// <example><code>
/// [Model(1, 8, 8), Input("digit", Elements = Elements.Index), Tag("image"), From("digit"), Embedding(10, 32), Tag("which")]
/// [From("image"), MaskedConv2d(32, 5, PixelMask.A), ChannelBias("which"), ReLU, Conv2d(17, 1)]
/// public partial class Pixels;
/// </code></example>
public sealed class ChannelBiasAttribute : LayerAttribute
{
    /// <summary>Adds a tagged value to the channels of the value at this place.</summary>
    /// <param name="tag">The name that a <see cref="TagAttribute">[Tag]</see> further up gave.</param>
    public ChannelBiasAttribute(string tag) => Tag = tag;

    /// <summary>The name that a <see cref="TagAttribute">[Tag]</see> further up gave.</summary>
    public string Tag { get; }
}
