namespace Dsl;

/// <summary>Seed of every random stream of the trainer: shuffling, draws, dropout. 0 without the attribute.</summary>
public sealed class SeedAttribute : RecipeAttribute
{
    /// <summary>Seeds the trainer's streams.</summary>
    /// <param name="value">Any number.</param>
    public SeedAttribute(long value) => Value = value;

    /// <summary>The seed.</summary>
    public long Value { get; }
}
