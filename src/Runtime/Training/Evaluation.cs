namespace Dsl.Runtime;

/// <summary>How well a classifier does on some data.</summary>
/// <param name="Loss">Mean cross-entropy in nats, at least 0.</param>
/// <param name="Accuracy">Share of samples whose largest logit is their class, in [0, 1].</param>
/// <param name="Count">Number of samples.</param>
public readonly record struct Evaluation(double Loss, double Accuracy, long Count) : IEvaluation
{
    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => [("loss", Loss), ("accuracy", Accuracy)];
}
