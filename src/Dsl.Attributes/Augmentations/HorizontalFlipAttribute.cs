namespace Dsl;

/// <summary>Mirrors each image of [N, C, H, W] left and right with a probability; exact. As torchvision's
/// RandomHorizontalFlip.</summary>
public sealed class HorizontalFlipAttribute : TransformationAttribute
{
    /// <summary>Probability of an image to be mirrored; 0.5 by default.</summary>
    [Interval("[0, 1]")]
    public double Probability { get; set; } = 0.5;
}
