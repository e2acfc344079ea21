namespace Dsl;

/// <summary>The hyperbolic tangent, element by element; the shape stays.</summary>
public sealed class TanhAttribute : LayerAttribute;
