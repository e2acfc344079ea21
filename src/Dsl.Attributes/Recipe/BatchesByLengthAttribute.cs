namespace Dsl;

/// <summary>
/// Batches of sequences of similar lengths, so that less of them is padding (bucketing): an epoch's order is cut into pools of so
/// many batches, each of which is sorted by length and cut into batches anew, and the batches come in random order. Every
/// sequence is there once an epoch; the order is a function of the seed and the step.
/// </summary>
/// <remarks>For a model with <see cref="LengthsAttribute"/> of its first input. On the processor recurrences stop where the
/// longest sequence of a batch ends; every other layer computes all declared places.</remarks>
/// <example><code>[CrossEntropy, Adam(1e-3), BatchSize(32), BatchesByLength, Epochs(10)]</code></example>
public sealed class BatchesByLengthAttribute : RecipeAttribute
{
    /// <summary>Sorts pools of batches.</summary>
    /// <param name="pool">Batches of a pool. 1 sorts nothing; with as many as an epoch has, batches are the same ones but for
    /// equal lengths.</param>
    public BatchesByLengthAttribute(int pool = 50) => Pool = pool;

    /// <summary>Batches of a pool.</summary>
    [Interval("[1, inf)")]
    public int Pool { get; }
}
