using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What samples of a batch count.</summary>
public static class SampleWeights
{
    /// <summary>A weight of 0 for each sample.</summary>
    /// <param name="losses">[N].</param>
    /// <returns>[N] zeros; the caller frees it.</returns>
    public static Tensor None(Tensor losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        using var noGrad = no_grad();
        return zeros_like(losses);
    }

    /// <summary>Weights by how much each sample would make another loss smaller: max(0, −slope), divided by their sum (Ren
    /// et al. 2018, arXiv 1803.09050, equations 6 and 7).</summary>
    /// <param name="slopes">[N], the derivative of that loss by the share of each sample.</param>
    /// <returns>[N] that sum to 1, or zeros where no sample would; the caller frees it.</returns>
    public static Tensor OfSlopes(Tensor slopes)
    {
        ArgumentNullException.ThrowIfNull(slopes);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var weights = slopes.neg().relu();
        var sum = weights.sum();
        return weights.div(Aten.masked_fill(sum, Aten.eq(sum, 0), 1)).MoveToOuterDisposeScope();
    }

    /// <summary>How many samples count, (Σ w)²/Σ w²: N where all count alike, 1 where one alone does.</summary>
    /// <param name="weights">[N], at least 0.</param>
    /// <returns>Without dimensions, 0 where none counts; the caller frees it. Nothing waits for the device.</returns>
    public static Tensor Counted(Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor squares = weights.mul(weights).sum(), sum = weights.sum();
        return sum.mul(sum).div(Aten.masked_fill(squares, Aten.eq(squares, 0), 1)).MoveToOuterDisposeScope();
    }

    /// <summary>How many samples of a set count, (Σ w)²/Σ w², as a mean over sets.</summary>
    /// <param name="weights">[G, K], positive.</param>
    /// <returns>Without dimensions; the caller frees it. Nothing waits for the device.</returns>
    public static Tensor CountedOfSets(Tensor weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor squares = weights.mul(weights).sum(1), sum = weights.sum(1);
        return sum.mul(sum).div(squares).mean().MoveToOuterDisposeScope();
    }

    /// <summary>The mean over the samples with the smallest losses, as weights: of M samples with a label 1/n for each of the n =
    /// ⌊share·M⌋, one at least, and 0 for others (Han et al. 2018, arXiv 1804.06872, algorithm 1).</summary>
    /// <param name="losses">[N].</param>
    /// <param name="labels">[N] int64, -100 for none.</param>
    /// <param name="share">Which part of them, in [0, 1].</param>
    /// <returns>[N] that sum to 1, or zeros where there is no label; the caller frees it. Of equal losses the first count.
    /// Nothing waits for the device.</returns>
    public static Tensor OfSmallest(Tensor losses, Tensor labels, double share)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(labels);
        Hyperparameter.Check(share, "[0, 1]", nameof(share));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor none = Aten.eq(labels, ClassLabels.None);
        Tensor rank = Aten.masked_fill(losses, none, double.PositiveInfinity)
            .sort(0, stable: true).Indices.argsort(0);

        // What rounding takes away must not make it one less: 10·0.7 is 7.
        Tensor count = none.logical_not().sum().to_type(ScalarType.Float64);
        Tensor kept = Aten.clamp_min(Aten.add(Aten.mul(count, share), 1e-9).floor(), 1.0);
        Tensor chosen = rank.lt(kept).logical_and(none.logical_not()).to_type(losses.dtype);
        return chosen.div(Aten.clamp_min(chosen.sum(), 1.0)).MoveToOuterDisposeScope();
    }
}
