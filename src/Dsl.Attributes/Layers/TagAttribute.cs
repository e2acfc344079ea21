namespace Dsl;

/// <summary>Names the value at this place, for <see cref="AddAttribute"/>, <see cref="ConcatAttribute"/> and
/// <see cref="MultiplyAttribute"/> further down in the same stack.</summary>
public sealed class TagAttribute : LayerAttribute
{
    /// <summary>Names the value at this place.</summary>
    /// <param name="name">A name that the stack has once.</param>
    public TagAttribute(string name) => Name = name;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Whether <see cref="ManifoldMixupAttribute"/> can mix samples at this place. All that is below, the tag's other
    /// uses too, then reads the mixture.</summary>
    public bool Mix { get; set; }
}
