namespace Dsl.Runtime;

/// <summary>To mean 0 and deviation 1; the deviation is over n, as scikit-learn's <c>StandardScaler</c> has it.</summary>
public sealed class StandardizeScaling : ColumnScaling
{
    /// <inheritdoc/>
    public override string Name => "standardized";

    /// <inheritdoc/>
    public override (double Shift, double Scale) Fit(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        long count = 0;

        // Welford's recurrence: the difference of large sums would lose a small spread.
        foreach (double value in values)
        {
            double before = value - mean;
            mean += before / ++count;
            squares += before * (value - mean);
        }

        double deviation = Math.Sqrt(squares / count);
        return (mean, deviation > 0 ? deviation : 1);
    }
}
