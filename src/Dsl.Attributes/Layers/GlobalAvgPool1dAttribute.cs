namespace Dsl;

/// <summary>The mean of each channel of a sequence: [N, C, L] to [N, C] (Lin et al. 2013, arXiv 1312.4400, section
/// 3.2).</summary>
public sealed class GlobalAvgPool1dAttribute : LayerAttribute;
