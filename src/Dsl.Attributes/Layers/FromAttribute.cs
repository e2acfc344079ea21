namespace Dsl;

/// <summary>Continues from a tagged value or a named input of the model: what follows is applied to it.</summary>
/// <remarks>What stood before must have gone somewhere: into a <see cref="TagAttribute"/> or an
/// <see cref="OutputAttribute"/>.</remarks>
public sealed class FromAttribute : LayerAttribute
{
    /// <summary>Continues from a value.</summary>
    /// <param name="tag">The name of a <see cref="TagAttribute"/> above, or of an input.</param>
    public FromAttribute(string tag) => Tag = tag;

    /// <summary>The name of the value.</summary>
    public string Tag { get; }
}
