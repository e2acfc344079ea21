namespace Dsl;

/// <summary>Multiplies by a tagged value, element by element: the shapes are equal, and stay.</summary>
public sealed class MultiplyAttribute : LayerAttribute
{
    /// <summary>Combines the value at this place with one that was tagged.</summary>
    /// <param name="tag">The name that a <see cref="TagAttribute">[Tag]</see> further up gave.</param>
    public MultiplyAttribute(string tag) => Tag = tag;

    /// <summary>The name that a <see cref="TagAttribute">[Tag]</see> further up gave.</summary>
    public string Tag { get; }
}
