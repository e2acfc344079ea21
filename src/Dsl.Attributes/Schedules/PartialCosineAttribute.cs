namespace Dsl;

/// <summary>
/// A part of a cosine wave, over the steps after the warm-up: η·max(0, cos(2π·c·(s − W)/(S − W))). With the 7/32 of
/// a wave that FixMatch has, η·cos(7πs/(16S)), the rate stays high for longer than with
/// <see cref="CosineAttribute">[Cosine]</see> and ends at a fifth of η (Sohn et al. 2020, arXiv 2001.07685, section 2.4).
/// </summary>
public sealed class PartialCosineAttribute : ScheduleAttribute
{
    /// <summary>A decay along a part of a wave.</summary>
    /// <param name="wave">The part: a quarter ends at 0.</param>
    public PartialCosineAttribute(double wave = 7.0 / 32) => Wave = wave;

    /// <summary>c: the part of a wave.</summary>
    [Interval("(0, 0.25]")]
    public double Wave { get; }
}
