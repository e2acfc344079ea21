namespace Dsl;

/// <summary>
/// Draws the features of normal distributions that the input tells, [N, ..., 2Z] to [N, ..., Z]: μ + σ·ε with means μ, the
/// first half, and deviations σ = log(1 + e^(r − 5)) of r, the second half; ε is standard normal noise (Kingma and Welling
/// 2014, arXiv 1312.6114, section 2.4; σ as in Alemi et al. 2017, arXiv 1612.00410, section 4). In evaluation mode it is μ.
/// </summary>
/// <remarks>
/// Noise comes from the trainer's own dropout stream, a function of seed and step. <c>MonteCarloDropout</c> draws in evaluation
/// too. <see cref="InformationBottleneckAttribute">[InformationBottleneck]</see> keeps the distributions near N(0, 1).
/// </remarks>
public sealed class NormalSampleAttribute : LayerAttribute
{
}
