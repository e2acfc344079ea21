namespace Dsl;

/// <summary>The features of one place of a sequence: [N, T, D] to [N, D].</summary>
public sealed class PlaceAttribute : LayerAttribute
{
    /// <summary>One place of a sequence.</summary>
    /// <param name="index">Which, from 0 on; negative ones count from the end, −1 is the last.</param>
    public PlaceAttribute(int index = 0) => Index = index;

    /// <summary>Which place, from 0 on; negative ones count from the end.</summary>
    public int Index { get; }
}
