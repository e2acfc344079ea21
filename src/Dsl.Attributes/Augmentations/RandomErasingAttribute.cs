namespace Dsl;

/// <summary>
/// Overwrites a rectangle of random area and shape of each image of [N, C, H, W] with a probability (Zhong et al. 2017,
/// arXiv 1708.04896). Ten rectangles are proposed; the first that fits counts. As torchvision's RandomErasing.
/// </summary>
public sealed class RandomErasingAttribute : TransformationAttribute
{
    /// <summary>Probability of an image to be changed; 0.5 by default.</summary>
    [Interval("[0, 1]")]
    public double Probability { get; set; } = 0.5;

    /// <summary>The smallest area, as a share of the image; 0.02 by default.</summary>
    [Interval("(0, 1]")]
    public double MinArea { get; set; } = 0.02;

    /// <summary>The largest area, as a share of the image; 0.33 by default.</summary>
    [Interval("(0, 1]")]
    public double MaxArea { get; set; } = 0.33;

    /// <summary>The smallest ratio of height to width, drawn uniformly on a logarithmic scale; 0.3 by default.</summary>
    [Interval("(0, inf)")]
    public double MinRatio { get; set; } = 0.3;

    /// <summary>The largest ratio of height to width; 3.3 by default.</summary>
    [Interval("(0, inf)")]
    public double MaxRatio { get; set; } = 3.3;

    /// <summary>What is written, in the unit of the images; 0 by default.</summary>
    [Interval("(-inf, inf)")]
    public double Value { get; set; }
}
