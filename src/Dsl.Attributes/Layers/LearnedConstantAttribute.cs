namespace Dsl;

/// <summary>
/// A learned image, the same for every sample whatever comes in: [N, ...] to [N, C, H, W]. A style-based generator begins with
/// one (Karras, Laine and Aila 2019, arXiv 1812.04948, section 2).
/// </summary>
/// <remarks>Parameter: weight [1, C, H, W], from N(0, 1), so that places and channels differ. Of the input only the number of
/// samples is read.</remarks>
/// <example><code>
/// [Model(32), Linear(64), LeakyReLU(0.2), Tag("w"), Linear(32), Tag("first"), LearnedConstant(16, 4, 4), InstanceNorm2d,
/// FiLM("first")]
/// public partial class Styled;
/// </code></example>
public sealed class LearnedConstantAttribute : LayerAttribute
{
    /// <summary>An image.</summary>
    /// <param name="channels">C.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    public LearnedConstantAttribute(int channels, int height, int width) =>
        (Channels, Height, Width) = (channels, height, width);

    /// <summary>C.</summary>
    [Interval("[1, inf)")]
    public int Channels { get; }

    /// <summary>H.</summary>
    [Interval("[1, inf)")]
    public int Height { get; }

    /// <summary>W.</summary>
    [Interval("[1, inf)")]
    public int Width { get; }
}
