namespace Dsl.Runtime;

/// <summary>How well classes can be told by frozen features.</summary>
/// <param name="LinearAccuracy">The share of test samples that a linear classifier tells rightly, in [0, 1].</param>
/// <param name="NeighborAccuracy">The share whose class most of the nearest training samples have, in [0, 1].</param>
/// <param name="Neighbors">How many vote.</param>
/// <param name="Converged">Whether the linear classifier reached its minimum.</param>
/// <param name="Count">Test samples.</param>
public sealed record ProbeEvaluation(
    double LinearAccuracy, double NeighborAccuracy, int Neighbors, bool Converged, long Count) : IEvaluation
{
    /// <summary>The share of test samples that the linear classifier tells wrongly, in [0, 1].</summary>
    public double Loss => 1 - LinearAccuracy;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
        [("loss", Loss), ("linear accuracy", LinearAccuracy), ($"{Neighbors}-NN accuracy", NeighborAccuracy)];

    /// <summary>Every number by its name.</summary>
    public override string ToString() => EvaluationText.Of(this);
}
