using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A word that is told, beside words that were drawn.</summary>
public static class NegativeSamples
{
    /// <summary>The words that a step looks up: of each sample first the one that is told, then those that were drawn.</summary>
    /// <param name="labels">[N] int64; for -100 word 0 stands, which then counts nothing.</param>
    /// <param name="drawn">[N, K] int64.</param>
    /// <returns>[N·(1 + K), 1] int64; the caller frees it.</returns>
    public static Tensor Places(Tensor labels, Tensor drawn)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(drawn);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var told = Aten.masked_fill(labels, Aten.eq(labels, ClassLabels.None), 0L).unsqueeze(1);
        return cat([told, drawn], 1).reshape(-1, 1).MoveToOuterDisposeScope();
    }

    /// <summary>−1 for the word that is told and 1 for the others: what logits are multiplied with.</summary>
    /// <param name="logits">[N, 1 + K].</param>
    /// <returns>[N, 1 + K]; the caller frees it.</returns>
    public static Tensor Signs(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var noGrad = no_grad();
        var signs = ones_like(logits);
        using var told = signs.select(1, 0);
        Aten.fill_(told, -1);
        return signs;
    }

    /// <summary>Which words count: not those that were drawn and are told, and none of a sample without a label.</summary>
    /// <param name="labels">[N] int64, -100 for none.</param>
    /// <param name="drawn">[N, K] int64.</param>
    /// <param name="like">Gives the number type.</param>
    /// <returns>[N, 1 + K] of 1 and 0; the caller frees it.</returns>
    public static Tensor Counted(Tensor labels, Tensor drawn, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(drawn);
        ArgumentNullException.ThrowIfNull(like);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var told = labels.unsqueeze(1);
        var known = Aten.ne(told, ClassLabels.None);
        return cat([known, drawn.ne(told).logical_and(known)], 1).to_type(like.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>What each vector of a bag is multiplied with, so that their sum is the bag's.</summary>
    /// <param name="bags">[N, L] int64.</param>
    /// <param name="like">Gives the number type.</param>
    /// <param name="padding">The number that fills a bag up.</param>
    /// <param name="mean">Whether the bag's vector is the mean of its vectors; else their sum.</param>
    /// <returns>[N, 1, L], 0 for what fills up; the caller frees it.</returns>
    public static Tensor Weights(Tensor bags, Tensor like, long padding, bool mean)
    {
        ArgumentNullException.ThrowIfNull(bags);
        ArgumentNullException.ThrowIfNull(like);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var weights = Aten.ne(bags, padding).to_type(like.dtype);
        if (mean) weights = weights.div(Aten.clamp(weights.sum(1, keepdim: true), 1, double.PositiveInfinity));
        return weights.unsqueeze(1).MoveToOuterDisposeScope();
    }
}
