namespace Dsl;

/// <summary>The leaky rectifier x for x > 0 and slope·x else, element by element; the shape stays (Maas et al. 2013).</summary>
public sealed class LeakyReLUAttribute : LayerAttribute
{
    /// <summary>A leaky rectifier.</summary>
    /// <param name="negativeSlope">Slope below zero; PyTorch's default is 0.01.</param>
    public LeakyReLUAttribute(double negativeSlope = 0.01) => NegativeSlope = negativeSlope;

    /// <summary>Slope below zero.</summary>
    [Interval("[0, inf)")]
    public double NegativeSlope { get; }
}
