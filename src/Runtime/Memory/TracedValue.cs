namespace Dsl.Runtime;

/// <summary>A value of a step.</summary>
internal sealed class TracedValue(PlaceLayout layout)
{
    public PlaceLayout Layout { get; } = layout;

    /// <summary>Whether it outlives the step, as a result does.</summary>
    public bool IsKept { get; set; }
}
