namespace Dsl;

/// <summary>Appends a tagged value's channels: [N, C, ...] and [N, D, ...] to [N, C + D, ...].</summary>
public sealed class ConcatAttribute : LayerAttribute
{
    /// <summary>Combines the value at this place with one that was tagged.</summary>
    /// <param name="tag">The name that a <see cref="TagAttribute">[Tag]</see> further up gave.</param>
    public ConcatAttribute(string tag) => Tag = tag;

    /// <summary>The name that a <see cref="TagAttribute">[Tag]</see> further up gave.</summary>
    public string Tag { get; }
}
