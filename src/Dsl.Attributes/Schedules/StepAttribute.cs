namespace Dsl;

/// <summary>The learning rate is multiplied by a factor every so many epochs, counted from the start of training.</summary>
public sealed class StepAttribute : ScheduleAttribute
{
    /// <summary>A decay every <paramref name="everyEpochs"/> epochs.</summary>
    /// <param name="everyEpochs">Epochs between two decays.</param>
    public StepAttribute(int everyEpochs) => EveryEpochs = everyEpochs;

    /// <summary>Epochs between two decays.</summary>
    [Interval("[1, inf)")]
    public int EveryEpochs { get; }

    /// <summary>Factor γ of each decay.</summary>
    [Interval("(0, 1]")]
    public double Gamma { get; set; } = 0.1;
}
