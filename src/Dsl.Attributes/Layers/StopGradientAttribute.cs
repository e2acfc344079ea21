namespace Dsl;

/// <summary>Passes its input on, and no gradient back: what stands before is not trained by what stands behind (PyTorch's
/// <c>detach</c>).</summary>
/// <remarks>Any shape. For a head that reads features without shaping them, such as a linear probe beside the trained
/// output.</remarks>
/// <example><code>
/// [Model(784), Linear(256), ReLU, Tag("features")]
/// [Linear(20), Output("Code"), From("features"), StopGradient, Linear(10), Output("Probe")]
/// public partial class Probed;
/// </code></example>
public sealed class StopGradientAttribute : LayerAttribute;
