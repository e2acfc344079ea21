namespace Dsl;

/// <summary>x divided by its Euclidean norm over one dimension, y = x/max(‖x‖, ε); the shape stays.</summary>
/// <remarks>PyTorch's <c>nn.functional.normalize</c>.</remarks>
public sealed class L2NormalizeAttribute : LayerAttribute
{
    /// <summary>Normalisation to length 1 over one dimension.</summary>
    /// <param name="dimension">The dimension; negative ones count from the end, 0 is the batch; PyTorch's default is 1.</param>
    public L2NormalizeAttribute(int dimension = 1) => Dimension = dimension;

    /// <summary>The dimension over which the norm is taken; negative ones count from the end.</summary>
    public int Dimension { get; }

    /// <summary>The least norm that is divided by; PyTorch's default is 1e-12. Its square must not vanish in float32.</summary>
    [Interval("[1e-18, inf)")]
    public double Epsilon { get; set; } = 1e-12;
}
