namespace Dsl;

/// <summary>
/// An objective that knows how labels came to be wrong: the transition matrix T, in which T[i, j] is the probability that a
/// sample of class i is labelled j.
/// </summary>
/// <remarks>
/// <see cref="NoiseRate"/> or <see cref="Transition"/> declares it. With neither it is found before training, by a network
/// that was trained on the same labels: <c>trainer.Transition.Estimate(network, data)</c>, or
/// <c>trainer.Transition.Set(matrix)</c>; it is then part of checkpoints.
/// </remarks>
public abstract class LabelCorrectionAttribute : ReducedObjectiveAttribute
{
    /// <summary>ε: the share of labels that are wrong, evenly over the other classes, T = (1 − ε)·I + ε/(K − 1)
    /// elsewhere; 0 for another matrix. Where labels were redrawn over all K classes, those that stayed right by chance do
    /// not count.</summary>
    [Interval("[0, 1)")]
    public double NoiseRate { get; set; }

    /// <summary>T row by row, K·K numbers; each row sums to 1.</summary>
    [Interval("[0, 1]")]
    public double[]? Transition { get; set; }
}
