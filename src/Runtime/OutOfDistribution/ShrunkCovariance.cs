using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The covariance of few rows with many columns, drawn towards a multiple of the identity by the share that Ledoit and
/// Wolf (2004) prove to be the best: (1 − α)·S + α·(tr S/D)·I.</summary>
internal static class ShrunkCovariance
{
    /// <summary>Computes it.</summary>
    /// <param name="centered">[N, D] float64, rows less their mean.</param>
    /// <returns>[D, D] float64, which belongs to the caller's scope, and α in [0, 1].</returns>
    public static (Tensor Covariance, double Shrinkage) Of(Tensor centered)
    {
        using var scope = NewDisposeScope();
        long rows = centered.size(0), columns = centered.size(1);
        var covariance = Aten.div(centered.t().matmul(centered), rows);
        var diagonal = covariance.diagonal();
        double mean = Aten.item(diagonal.mean());
        double squares = Aten.item(covariance.mul(covariance).sum());

        // ‖S − mean·I‖²/D, and the mean of ‖x·xᵀ − S‖²/D over rows, divided by N.
        double distance = squares / columns - mean * mean;
        var lengths = centered.mul(centered).sum(1);
        double error = Math.Min((Aten.item(lengths.mul(lengths).mean()) - squares) / rows / columns, distance);
        double share = error > 0 ? error / distance : 0;
        var shrunk = Aten.mul(covariance, 1 - share);
        Aten.add_(shrunk.diagonal(), share * mean);
        return (shrunk.MoveToOuterDisposeScope(), share);
    }
}
