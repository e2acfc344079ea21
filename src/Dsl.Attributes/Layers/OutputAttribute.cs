namespace Dsl;

/// <summary>Makes the value at this place an output of the model. A model with outputs returns exactly these, in order.</summary>
/// <remarks>A single output is returned as a tensor, several as a tuple with their names.</remarks>
/// <example><code>
/// [Model(784)]
/// [Linear(400), ReLU, Tag("hidden"), Linear(20), Output("Mean")]
/// [From("hidden"), Linear(20), Output("LogVariance")]
/// public partial class Encoder;
/// </code></example>
public sealed class OutputAttribute : LayerAttribute
{
    /// <summary>Makes the value at this place an output.</summary>
    /// <param name="name">A C# identifier, the member of the tuple.</param>
    public OutputAttribute(string name) => Name = name;

    /// <summary>The name.</summary>
    public string Name { get; }
}
