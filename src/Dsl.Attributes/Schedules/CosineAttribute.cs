namespace Dsl;

/// <summary>
/// Half a cosine from the learning rate to a minimum over the steps after the warm-up:
/// η_min + (η − η_min)/2·(1 + cos(π (s − W)/(S − W))) (Loshchilov and Hutter 2017, arXiv 1608.03983, equation 5).
/// </summary>
public sealed class CosineAttribute : ScheduleAttribute
{
    /// <summary>The learning rate η_min that the cosine ends at.</summary>
    [Interval("[0, inf)")]
    public double Minimum { get; set; }
}
