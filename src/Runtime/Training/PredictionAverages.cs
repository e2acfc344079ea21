using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The averages of temporal ensembling (Laine and Aila 2017, arXiv 1610.02242, algorithm 2): Z ← α·Z + (1 − α)·p after
/// each visit of a sample.</summary>
public static class PredictionAverages
{
    /// <summary>What the average says without the zeros that it started from, Z/(1 − αⁿ); 0 before the first visit.</summary>
    /// <param name="averages">Z, [U, K].</param>
    /// <param name="visits">n, [U].</param>
    /// <param name="decay">α in [0, 1).</param>
    /// <returns>[U, K]; the caller frees it.</returns>
    public static Tensor Target(Tensor averages, Tensor visits, double decay)
    {
        ArgumentNullException.ThrowIfNull(averages);
        ArgumentNullException.ThrowIfNull(visits);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var bias = Aten.sub(1, Aten.full_like(visits, decay).pow(Aten.clamp_min(visits, 1)));
        return (averages / bias.unsqueeze(1)).MoveToOuterDisposeScope();
    }

    /// <summary>1 for a sample that was visited before, else 0.</summary>
    /// <param name="visits">n, [U].</param>
    /// <returns>[U, 1]; the caller frees it.</returns>
    public static Tensor Known(Tensor visits)
    {
        ArgumentNullException.ThrowIfNull(visits);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Aten.gt(visits, 0).to_type(visits.dtype).unsqueeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>The averages after a visit. A prediction that is not finite leaves them as they were.</summary>
    /// <param name="averages">Z, [U, K].</param>
    /// <param name="probabilities">p, [U, K].</param>
    /// <param name="decay">α in [0, 1).</param>
    /// <returns>[U, K]; the caller frees it.</returns>
    public static Tensor Next(Tensor averages, Tensor probabilities, double decay)
    {
        ArgumentNullException.ThrowIfNull(averages);
        ArgumentNullException.ThrowIfNull(probabilities);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return where(probabilities.isfinite(), lerp(probabilities, averages, decay), averages).MoveToOuterDisposeScope();
    }
}
