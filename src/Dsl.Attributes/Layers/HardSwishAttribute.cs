namespace Dsl;

/// <summary>
/// x·min(max(x + 3, 0), 6)/6, a piecewise swish, element by element; the shape stays (Howard et al. 2019,
/// arXiv 1905.02244, section 5.2). PyTorch's name is <c>Hardswish</c>.
/// </summary>
public sealed class HardSwishAttribute : LayerAttribute;
