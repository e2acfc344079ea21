namespace Dsl;

/// <summary>
/// A power of what is left of the run, over the steps after the warm-up: η_min + (η − η_min)(1 − (s − W)/(S − W))^power, as
/// PyTorch's PolynomialLR. With a power of 1 the rate falls linearly.
/// </summary>
public sealed class PolynomialAttribute : ScheduleAttribute
{
    /// <summary>A decay with the given power.</summary>
    /// <param name="power">The exponent.</param>
    public PolynomialAttribute(double power = 1) => Power = power;

    /// <summary>The exponent.</summary>
    [Interval("(0, inf)")]
    public double Power { get; }

    /// <summary>The learning rate η_min that the decay ends at.</summary>
    [Interval("[0, inf)")]
    public double Minimum { get; set; }
}
