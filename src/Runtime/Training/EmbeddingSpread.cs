using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// How far the directions of embeddings are spread: their deviation over a batch, the mean over components, in units of
/// 1/√D. It is near 1 for directions that are spread evenly, and 0 where all have become one (Chen and He 2021, arXiv
/// 2011.10566, section 4.1).
/// </summary>
public static class EmbeddingSpread
{
    /// <summary>What the mean over an epoch falls below where embeddings have collapsed.</summary>
    public const double Collapsed = 0.1;

    /// <summary>The spread of some directions.</summary>
    /// <param name="directions">Vectors of length 1, [N, D].</param>
    /// <returns>A number without dimensions, NaN of one sample; the caller frees it.</returns>
    public static Tensor Of(Tensor directions)
    {
        ArgumentNullException.ThrowIfNull(directions);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Aten.mul(directions.detach().std(0).mean(), Math.Sqrt(directions.size(1))).MoveToOuterDisposeScope();
    }
}
