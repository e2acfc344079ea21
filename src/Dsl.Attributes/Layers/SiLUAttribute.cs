namespace Dsl;

/// <summary>
/// The sigmoid linear unit x·σ(x), also known as swish, element by element; the shape stays (Elfwing et al. 2017,
/// arXiv 1702.03118; Ramachandran et al. 2017, arXiv 1710.05941).
/// </summary>
public sealed class SiLUAttribute : LayerAttribute;
