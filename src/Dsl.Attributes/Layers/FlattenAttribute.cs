namespace Dsl;

/// <summary>Joins all dimensions but the first: [N, C, H, W] to [N, C·H·W].</summary>
public sealed class FlattenAttribute : LayerAttribute;
