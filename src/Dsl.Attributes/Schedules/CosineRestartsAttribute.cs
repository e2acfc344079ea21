namespace Dsl;

/// <summary>
/// SGDR: half a cosine from the learning rate to a minimum, again and again, each period longer than the one before:
/// η_min + (η − η_min)/2·(1 + cos(π T_cur/T_i)), T_i = T_0·T_mult^i (Loshchilov and Hutter 2017, arXiv 1608.03983, equation 5).
/// </summary>
/// <remarks>The rate changes with every step. A warm-up precedes the first period.</remarks>
public sealed class CosineRestartsAttribute : ScheduleAttribute
{
    /// <summary>Length T_0 of the first period in epochs. Not together with <see cref="T0Steps"/>.</summary>
    [Interval("[0, inf)")]
    public int T0Epochs { get; set; }

    /// <summary>Length T_0 of the first period in steps. Not together with <see cref="T0Epochs"/>.</summary>
    [Interval("[0, inf)")]
    public int T0Steps { get; set; }

    /// <summary>Factor T_mult of each period's length.</summary>
    [Interval("[1, inf)")]
    public int TMult { get; set; } = 1;

    /// <summary>The learning rate η_min that each period ends at.</summary>
    [Interval("[0, inf)")]
    public double Minimum { get; set; }
}
