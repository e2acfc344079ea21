namespace Dsl;

/// <summary>
/// Sets whole channels of [N, C, H, W] to zero with a probability while training and scales the others by 1/(1 − p); nothing
/// in evaluation (Tompson et al. 2014, arXiv 1411.4280).
/// </summary>
/// <remarks>Masks come from the trainer's own dropout stream, a function of seed and step.</remarks>
public sealed class Dropout2dAttribute : LayerAttribute
{
    /// <summary>Dropout of channels with the given probability.</summary>
    /// <param name="probability">Probability of a channel to be dropped.</param>
    public Dropout2dAttribute(double probability = 0.5) => Probability = probability;

    /// <summary>Probability of a channel to be dropped.</summary>
    [Interval("[0, 1)")]
    public double Probability { get; }
}
