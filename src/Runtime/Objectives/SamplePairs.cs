using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Pairs among the samples of a batch, or among the components of an embedding: square matrices that say
/// which.</summary>
public static class SamplePairs
{
    /// <summary>What added to similarities leaves out those of a row with itself.</summary>
    /// <param name="similarities">[M, M].</param>
    /// <returns>[M, M], −∞ on the diagonal and 0 elsewhere; the caller frees it.</returns>
    public static Tensor WithoutSelf(Tensor similarities)
    {
        ArgumentNullException.ThrowIfNull(similarities);
        using var noGrad = no_grad();
        var mask = zeros_like(similarities);
        using var diagonal = mask.diagonal();
        Aten.fill_(diagonal, double.NegativeInfinity);
        return mask;
    }

    /// <summary>For the views of a batch, one of each sample and then the others in the same order, where the other view
    /// is.</summary>
    /// <param name="similarities">[2N, 2N].</param>
    /// <returns>[2N] int64: N, ..., 2N − 1, 0, ..., N − 1; the caller frees it.</returns>
    public static Tensor Partners(Tensor similarities)
    {
        ArgumentNullException.ThrowIfNull(similarities);
        long samples = similarities.size(0) / 2;
        using var places = Aten.arange(0, 2 * samples, similarities.device);
        return places.roll(samples);
    }

    /// <summary>For similarities with the same samples in the same order, where each finds itself.</summary>
    /// <param name="similarities">[N, N].</param>
    /// <returns>[N] int64: 0, ..., N − 1; the caller frees it.</returns>
    public static Tensor Own(Tensor similarities)
    {
        ArgumentNullException.ThrowIfNull(similarities);
        return Aten.arange(0, similarities.size(0), similarities.device);
    }

    /// <summary>Labels of pairs as numbers.</summary>
    /// <param name="labels">[N] int64: 1 for pairs that belong together, 0 for others.</param>
    /// <param name="like">What they are multiplied with, [N].</param>
    /// <returns>[N]: 1 for those that belong together, else 0; the caller frees it.</returns>
    public static Tensor Same(Tensor labels, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(like);
        using var noGrad = no_grad();
        using var chosen = Aten.eq(labels, 1L);
        return chosen.to_type(like.dtype);
    }

    /// <summary>The opposite of <see cref="Same"/>; 0 for pairs without a label too.</summary>
    /// <param name="labels">[N] int64: 1 for pairs that belong together, 0 for others.</param>
    /// <param name="like">What they are multiplied with, [N].</param>
    /// <returns>[N]: 1 for those that do not belong together, else 0; the caller frees it.</returns>
    public static Tensor Different(Tensor labels, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(like);
        using var noGrad = no_grad();
        using var chosen = Aten.eq(labels, 0L);
        return chosen.to_type(like.dtype);
    }

    /// <summary>1 on the diagonal and 0 elsewhere.</summary>
    /// <param name="matrix">[D, D].</param>
    /// <returns>[D, D]; the caller frees it.</returns>
    public static Tensor Identity(Tensor matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        using var noGrad = no_grad();
        var identity = zeros_like(matrix);
        using var diagonal = identity.diagonal();
        Aten.fill_(diagonal, 1);
        return identity;
    }

    /// <summary>0 on the diagonal and 1 elsewhere.</summary>
    /// <param name="matrix">[D, D].</param>
    /// <returns>[D, D]; the caller frees it.</returns>
    public static Tensor OffDiagonal(Tensor matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        using var noGrad = no_grad();
        var others = ones_like(matrix);
        using var diagonal = others.diagonal();
        Aten.fill_(diagonal, 0);
        return others;
    }
}
