using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a network's own predictions are worth as targets. Nothing here has a gradient, and nothing waits for the
/// device.</summary>
public static class Confidence
{
    /// <summary>1 where the largest probability reaches a threshold, else 0.</summary>
    /// <param name="probabilities">[U, K].</param>
    /// <param name="threshold">In [0, 1].</param>
    /// <returns>[U], in the type of the probabilities; the caller frees it.</returns>
    public static Tensor Reaches(Tensor probabilities, double threshold)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        using var unrecorded = Aten.no_grad();
        if (GatherLoop.TryReaches(probabilities, threshold) is { } reaches) return reaches;
        using var scope = NewDisposeScope();
        return Aten.ge(probabilities.amax([1]), threshold).to_type(probabilities.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Labels without those whose class the network gives more than a limit: training signal annealing (Xie et al. 2020, arXiv
    /// 1904.12848, section 2.2 and appendix).
    /// </summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="probabilities">[N, K].</param>
    /// <param name="limit">η, in (0, 1].</param>
    /// <returns>[N] int64, -100 for what is left out; the caller frees it.</returns>
    public static Tensor Release(Tensor labels, Tensor probabilities, double limit)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(probabilities);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var own = probabilities.gather(1, Aten.clamp_min(labels, 0).unsqueeze(1)).squeeze(1);
        return Aten.masked_fill(labels, Aten.gt(own, limit), ClassLabels.None).MoveToOuterDisposeScope();
    }

    /// <summary>The mean of two predictions, sharpened: p^(1/T) over its sum (Berthelot et al. 2019, arXiv 1905.02249, equations
    /// 6 and 7).</summary>
    /// <param name="first">[U, K].</param>
    /// <param name="second">[U, K].</param>
    /// <param name="temperature">T above 0.</param>
    /// <returns>[U, K]; the caller frees it.</returns>
    public static Tensor Sharpen(Tensor first, Tensor second, double temperature)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var powers = Aten.pow(Aten.div(Aten.add(first, second), 2), 1 / temperature);
        return (powers / powers.sum(1, keepdim: true)).MoveToOuterDisposeScope();
    }

    /// <summary>max(l, 1 − l): a mixture that is closer to its own sample.</summary>
    /// <param name="share">l in [0, 1], without dimensions.</param>
    /// <returns>Without dimensions; the caller frees it.</returns>
    public static Tensor LargerShare(Tensor share)
    {
        ArgumentNullException.ThrowIfNull(share);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return maximum(share, Aten.sub(1, share)).MoveToOuterDisposeScope();
    }
}
