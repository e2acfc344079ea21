namespace Dsl;

/// <summary>A rule for groups of layers, from those at the input to those at the output.</summary>
/// <remarks>
/// A group is what begins with the same segments of parameters' names: in a stack each layer that learns, in a model of methods
/// each method. The order is the one in which the model calls them. What <c>[Frozen]</c> holds is in no group.
/// </remarks>
public abstract class LayerGroupsAttribute : RecipeAttribute
{
    /// <summary>How many segments of the names make a group: with 2 every layer of a method, or of a block in a stack, is one
    /// of its own.</summary>
    [Interval("[1, inf)")]
    public int Depth { get; set; } = 1;
}
