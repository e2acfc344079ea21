namespace Dsl;

/// <summary>The mean of each channel of an image: [N, C, H, W] to [N, C] (Lin et al. 2013, arXiv 1312.4400, section
/// 3.2).</summary>
public sealed class GlobalAvgPool2dAttribute : LayerAttribute;
