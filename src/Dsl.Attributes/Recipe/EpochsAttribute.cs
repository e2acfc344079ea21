namespace Dsl;

/// <summary>Length of the whole run in passes over the data. Not together with <see cref="StepsAttribute"/>.</summary>
public sealed class EpochsAttribute : RecipeAttribute
{
    /// <summary>Trains for a number of epochs.</summary>
    /// <param name="count">Passes over the data (over the unlabelled data, where a scheme has two streams).</param>
    public EpochsAttribute(int count) => Count = count;

    /// <summary>Passes over the data.</summary>
    [Interval("[1, inf)")]
    public int Count { get; }
}
