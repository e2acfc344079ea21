namespace Dsl;

/// <summary>
/// Instance normalisation, y = (x − μ)/√(σ² + ε) with the mean μ and the biased variance σ² of each channel of each sample:
/// [N, C, H, W] to the same shape (Ulyanov et al. 2016, arXiv 1607.08022).
/// </summary>
/// <remarks>
/// The same in both modes: without running statistics, as PyTorch's default. Parameters where <c>Affine</c>: weight [C] from
/// 1, bias [C] from 0.
/// </remarks>
public sealed class InstanceNorm2dAttribute : InstanceNormAttribute;
