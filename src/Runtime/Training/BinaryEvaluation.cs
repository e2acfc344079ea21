namespace Dsl.Runtime;

/// <summary>How well yes-or-no predictions do; a logit above 0 says yes.</summary>
/// <param name="Loss">Mean binary cross-entropy in nats, at least 0.</param>
/// <param name="Accuracy">Share of predictions that hold, in [0, 1].</param>
/// <param name="Precision">Share of what is said to be so that is so, in [0, 1]; not a number where nothing is said to
/// be.</param>
/// <param name="Recall">Share of what is so that is said to be, in [0, 1]; not a number where nothing is.</param>
/// <param name="Count">Number of predictions.</param>
public readonly record struct BinaryEvaluation(double Loss, double Accuracy, double Precision, double Recall, long Count)
    : IEvaluation
{
    /// <summary>
    /// The harmonic mean of precision and recall, 2TP/(2TP + FP + FN), in [0, 1]: 0 where no yes is right; not a number where
    /// nothing is said to be and nothing is.
    /// </summary>
    public double F1 => (Precision, Recall) switch
    {
        (double.NaN, double.NaN) => double.NaN,
        (double.NaN or 0, _) or (_, double.NaN or 0) => 0,
        _ => 2 * Precision * Recall / (Precision + Recall),
    };

    /// <summary>What losses and metrics of the trainer's own give; none where it has none.</summary>
    public OwnNumbers Own { get => field ?? OwnNumbers.None; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
        [("loss", Loss), ("accuracy", Accuracy), ("precision", Precision), ("recall", Recall), .. Own];

    /// <summary>Every number by its name.</summary>
    public override string ToString() => EvaluationText.Of(this);
}
