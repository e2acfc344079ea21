namespace Dsl.Runtime;

/// <summary>The errors of an output, in its unit.</summary>
/// <param name="Name">The output.</param>
/// <param name="MeanAbsoluteError">Mean of the absolute errors.</param>
/// <param name="RootMeanSquaredError">Root of the mean of the squared errors.</param>
/// <param name="Determination">R², the share of the targets' variance that is explained; NaN where the targets are all
/// alike.</param>
/// <param name="Bias">Mean of the residuals, prediction − target.</param>
/// <param name="ResidualQuantiles">The residuals below which a share of all lies, at 0, 5, 25, 50, 75, 95 and 100 %; between two
/// of them by
/// the line between, as NumPy's default.</param>
public sealed record OutputErrors(
    string Name, double MeanAbsoluteError, double RootMeanSquaredError, double Determination, double Bias,
    IReadOnlyList<(double Level, double Residual)> ResidualQuantiles)
{
    /// <summary>The shares of the quantiles.</summary>
    internal static readonly double[] Levels = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

    internal static OutputErrors Of(string name, (double[] Predictions, double[] Targets) numbers)
    {
        var (predictions, targets) = numbers;
        double[] residuals = [.. predictions.Zip(targets, (prediction, target) => prediction - target)];
        double mean = targets.Average(), squares = residuals.Average(residual => residual * residual);
        double spread = targets.Average(target => (target - mean) * (target - mean));
        bool varies = targets.Any(target => target != targets[0]);
        double[] sorted = [.. residuals.Order()];
        return new OutputErrors(
            name, residuals.Average(Math.Abs), Math.Sqrt(squares), varies ? 1 - squares / spread : double.NaN,
                residuals.Average(),
            [.. Levels.Select(level => (level, Quantile(sorted, level)))]);
    }

    private static double Quantile(double[] sorted, double level)
    {
        double place = level * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
