namespace Dsl;

/// <summary>The learning rate is multiplied by γ in every epoch, counted from the start of training: max(η γ^epoch,
/// η_min).</summary>
public sealed class ExponentialAttribute : ScheduleAttribute
{
    /// <summary>A decay by <paramref name="gamma"/> in every epoch, or every <see cref="EverySteps"/> steps.</summary>
    /// <param name="gamma">Factor γ of each decay.</param>
    public ExponentialAttribute(double gamma) => Gamma = gamma;

    /// <summary>Factor γ of each decay.</summary>
    [Interval("(0, 1]")]
    public double Gamma { get; }

    /// <summary>Steps between two decays; 0, the default, for those of an epoch.</summary>
    [Interval("[0, inf)")]
    public int EverySteps { get; set; }

    /// <summary>The learning rate η_min that the decay stops at.</summary>
    [Interval("[0, inf)")]
    public double Minimum { get; set; }
}
