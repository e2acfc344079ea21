using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The k nearest rows of each query, the nearest first.</summary>
/// <param name="Indices">Rows of the gallery, [Q, k] int64, on the gallery's device.</param>
/// <param name="Distances">[Q, k] float64, ascending in each row.</param>
public sealed record Neighbors(Tensor Indices, Tensor Distances) : IDisposable
{
    /// <summary>Frees both tensors.</summary>
    public void Dispose()
    {
        Indices.Dispose();
        Distances.Dispose();
    }
}
