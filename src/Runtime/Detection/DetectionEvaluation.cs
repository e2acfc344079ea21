namespace Dsl.Runtime;

/// <summary>How well objects are found.</summary>
/// <param name="MeanAveragePrecision">The mean average precision over COCO's overlaps 0.5, 0.55, ..., 0.95 and its 101 recalls,
/// in [0, 1].</param>
/// <param name="MeanAveragePrecision50">That at an overlap of 0.5.</param>
/// <param name="MeanAveragePrecision75">That at an overlap of 0.75.</param>
/// <param name="Voc11">The mean average precision at an overlap of 0.5 and VOC's eleven recalls.</param>
/// <param name="Count">Number of objects that were to be found.</param>
public readonly record struct DetectionEvaluation(
    double MeanAveragePrecision, double MeanAveragePrecision50, double MeanAveragePrecision75, double Voc11, long Count)
        : IEvaluation
{
    /// <summary>1 − the mean average precision over overlaps, in [0, 1].</summary>
    public double Loss => 1 - MeanAveragePrecision;

    /// <summary>What losses and metrics of the trainer's own give; none where it has none.</summary>
    public OwnNumbers Own { get => field ?? OwnNumbers.None; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
    [
        ("loss", Loss), ("mAP", MeanAveragePrecision), ("mAP@0.5", MeanAveragePrecision50), ("mAP@0.75", MeanAveragePrecision75),
        ("VOC mAP", Voc11),
        .. Own,
    ];

    /// <summary>Every number by its name.</summary>
    public override string ToString() => EvaluationText.Of(this);
}
