namespace Dsl.Runtime;

/// <summary>How far predictions of real numbers are off.</summary>
/// <param name="MeanSquaredError">Mean of the squared errors, in the targets' unit squared.</param>
/// <param name="RootMeanSquaredError">Its root, in the targets' unit.</param>
/// <param name="MeanAbsoluteError">Mean of the absolute errors, in the targets' unit.</param>
/// <param name="Determination">R², the share of the targets' variance that is explained: 1 at best, 0 for their mean, below 0 for
/// worse. Of several outputs the mean over those whose targets vary; not a number where none does.</param>
/// <param name="Count">Number of predicted numbers.</param>
public readonly record struct RegressionEvaluation(
    double MeanSquaredError, double RootMeanSquaredError, double MeanAbsoluteError, double Determination, long Count)
        : IEvaluation
{
    /// <summary>The mean squared error.</summary>
    public double Loss => MeanSquaredError;

    /// <summary>What losses and metrics of the trainer's own give; none where it has none.</summary>
    public OwnNumbers Own { get => field ?? OwnNumbers.None; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
    [
        ("loss", MeanSquaredError), ("rootMeanSquaredError", RootMeanSquaredError), ("meanAbsoluteError", MeanAbsoluteError),
        ("determination", Determination),
        .. Own,
    ];

    /// <summary>Every number by its name.</summary>
    public override string ToString() => EvaluationText.Of(this);
}
