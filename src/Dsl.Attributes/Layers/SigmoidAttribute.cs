namespace Dsl;

/// <summary>The logistic function 1/(1 + e⁻ˣ), element by element; the shape stays.</summary>
public sealed class SigmoidAttribute : LayerAttribute;
