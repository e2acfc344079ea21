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
}
