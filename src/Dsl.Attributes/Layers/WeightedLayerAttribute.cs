namespace Dsl;

/// <summary>A layer with one weight, which it can share with other layers.</summary>
public abstract class WeightedLayerAttribute : LayerAttribute
{
    /// <summary>
    /// A name for the weight: all layers of the model that give the same name have one weight, and its gradient is the sum of
    /// what they contribute (Press and Wolf 2017, arXiv 1608.05859). Empty, the weight is the layer's own.
    /// </summary>
    /// <remarks>
    /// The weight must have the same shape in each of them. It starts as the first of them says and has the name of each in a
    /// state dictionary. The name counts in the whole model, in its blocks too: a block that is used several times shares with
    /// itself.
    /// </remarks>
    public string Share { get; set; } = "";
}
