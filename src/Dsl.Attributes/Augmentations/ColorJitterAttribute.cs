namespace Dsl;

/// <summary>
/// Changes the colours of each image of [N, C, H, W] in [0, 1], of 1 or 3 channels: brightness, contrast, saturation, hue, in
/// this order. The formulas are those of torchvision's ColorJitter, which draws the order, too.
/// </summary>
public sealed class ColorJitterAttribute : TransformationAttribute
{
    /// <summary>Range b of the factor of brightness, drawn uniformly from [max(0, 1 − b), 1 + b); 0 for none.</summary>
    [Interval("[0, inf)")]
    public double Brightness { get; set; }

    /// <summary>Range c of the factor of the distance to the image's mean grey, from [max(0, 1 − c), 1 + c); 0 for
    /// none.</summary>
    [Interval("[0, inf)")]
    public double Contrast { get; set; }

    /// <summary>Range s of the factor of the distance to the pixel's grey, from [max(0, 1 − s), 1 + s); 0 for none. Needs 3
    /// channels.</summary>
    [Interval("[0, inf)")]
    public double Saturation { get; set; }

    /// <summary>Largest turn of the hue, as a share of the circle, from [−h, h); 0 for none. Needs 3 channels.</summary>
    [Interval("[0, 0.5]")]
    public double Hue { get; set; }
}
