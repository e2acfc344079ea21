namespace Dsl;

/// <summary>
/// Noise of an image: x + s ⊙ ε, where ε [N, 1, H, W] is standard normal, one number for each pixel of a sample, and s [C] a
/// learned factor for each channel: [N, C, H, W] stays (Karras, Laine and Aila 2019, arXiv 1812.04948, section 2 and figure 1b).
/// </summary>
/// <remarks>
/// <para>
/// Parameter: weight [C], from <see cref="Initial"/>; at 0, the paper's start, the layer gives its input, and the gradient of s
/// is not 0.
/// </para>
/// <para>
/// Noise is new in each pass in training mode and comes from the trainer's own dropout stream, a function of seed and step. In
/// evaluation mode it is left out, as samples then depend on their noise at the generator's input alone;
/// <c>MonteCarloDropout</c> draws in evaluation too.
/// </para>
/// </remarks>
public sealed class PixelNoiseAttribute : LayerAttribute
{
    /// <summary>Where each factor starts.</summary>
    [Interval("(-inf, inf)")]
    public double Initial { get; set; }
}
