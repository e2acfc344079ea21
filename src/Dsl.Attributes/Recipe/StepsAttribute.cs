namespace Dsl;

/// <summary>Length of the whole run in updates. Not together with <see cref="EpochsAttribute"/>.</summary>
public sealed class StepsAttribute : RecipeAttribute
{
    /// <summary>Trains for a number of updates.</summary>
    /// <param name="count">Number of updates.</param>
    public StepsAttribute(int count) => Count = count;

    /// <summary>Number of updates.</summary>
    [Interval("[1, inf)")]
    public int Count { get; }
}
