namespace Dsl;

/// <summary>
/// CutMix: a box of every image is that of another image of the batch, and every labelled objective L becomes
/// λ·L(z, y) + (1 − λ)·L(z, y[π]) with λ = 1 − the box's share of the image (Yun et al. 2019, arXiv 1905.04899).
/// </summary>
/// <remarks>
/// Images [N, C, H, W]. With λ₀ ~ Beta(α, α), the box measures ⌊H√(1 − λ₀)⌋ × ⌊W√(1 − λ₀)⌋ before what lies outside of the
/// image is cut off, and an odd side loses a pixel, as in the authors' code; λ is computed from what is left. Its centre is a
/// pixel drawn evenly. The box is one for the batch.
/// </remarks>
public sealed class CutMixAttribute : MixingAttribute
{
    /// <summary>α of the area's distribution; 1 makes it uniform.</summary>
    [Interval("(0, inf)")]
    public double Alpha { get; set; } = 1;

    /// <summary>Probability of a batch to be mixed. The authors' is 0.5 for CIFAR and 1 for ImageNet.</summary>
    [Interval("[0, 1]")]
    public double Probability { get; set; } = 1;
}
