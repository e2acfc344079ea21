namespace Dsl;

/// <summary>A layer of a model. Layers run in the order in which they are written.</summary>
public abstract class LayerAttribute : StackElementAttribute;
