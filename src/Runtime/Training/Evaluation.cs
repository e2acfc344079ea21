namespace Dsl.Runtime;

/// <summary>How well a classifier does on some data.</summary>
/// <param name="Loss">Mean cross-entropy in nats, at least 0.</param>
/// <param name="Accuracy">Share of samples whose largest logit is their class, in [0, 1]; NaN where the loss is.</param>
/// <param name="Count">Number of samples.</param>
public readonly record struct Evaluation(double Loss, double Accuracy, long Count) : IEvaluation
{
    /// <summary>Share of samples whose largest logit is their class, in [0, 1]; NaN where the loss is.</summary>
    // Of logits that are NaN, libtorch takes the first for the largest: a share of those says nothing.
    public double Accuracy { get; } = double.IsNaN(Loss) ? double.NaN : Accuracy;

    /// <summary>What losses and metrics of the trainer's own give; none where it has none.</summary>
    public OwnNumbers Own { get => field ?? OwnNumbers.None; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => [("loss", Loss), ("accuracy", Accuracy), .. Own];

    /// <summary>Every number by its name.</summary>
    public override string ToString() => EvaluationText.Of(this);
}
