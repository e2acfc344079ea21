namespace Dsl.Runtime;

/// <summary>How a classifier does under an attack.</summary>
/// <param name="CleanAccuracy">The share of samples that are told rightly as they are, in [0, 1].</param>
/// <param name="Accuracy">The share that is told rightly as it is and after the attack, in [0, 1]: the robust accuracy.</param>
/// <param name="SuccessRate">The share of the samples told rightly with which the attack reached what it sought: another class,
/// or the one that it aimed at.</param>
/// <param name="MeanDisturbance">The mean length of the disturbance, by the attack's norm, where it did; in the units of the
/// input.</param>
/// <param name="Count">Samples with a label.</param>
public sealed record RobustEvaluation(
    double CleanAccuracy, double Accuracy, double SuccessRate, double MeanDisturbance, long Count) : IEvaluation
{
    /// <summary>The share of samples that are told wrongly under the attack, in [0, 1].</summary>
    public double Loss => 1 - Accuracy;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
    [
        ("loss", Loss), ("clean accuracy", CleanAccuracy), ("robust accuracy", Accuracy), ("attack success", SuccessRate),
        ("mean disturbance", MeanDisturbance),
    ];

    /// <summary>Every number by its name.</summary>
    public override string ToString() => EvaluationText.Of(this);
}
