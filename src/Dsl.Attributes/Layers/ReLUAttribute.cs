namespace Dsl;

/// <summary>The rectifier max(0, x), element by element; the shape stays.</summary>
public sealed class ReLUAttribute : LayerAttribute;
