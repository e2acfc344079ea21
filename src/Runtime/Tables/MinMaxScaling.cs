using System.Globalization;

namespace Dsl.Runtime;

/// <summary>To an interval, as scikit-learn's <c>MinMaxScaler</c> does.</summary>
/// <param name="low">What the smallest value becomes.</param>
/// <param name="high">What the largest value becomes.</param>
public sealed class MinMaxScaling(double low, double high) : ColumnScaling
{
    /// <inheritdoc/>
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"scaled to [{low}, {high}]");

    /// <inheritdoc/>
    public override (double Shift, double Scale) Fit(ReadOnlySpan<double> values)
    {
        double smallest = double.PositiveInfinity, largest = double.NegativeInfinity;
        foreach (double value in values) (smallest, largest) = (Math.Min(smallest, value), Math.Max(largest, value));
        double scale = largest > smallest ? (largest - smallest) / (high - low) : 1;
        return (smallest - low * scale, scale);
    }
}
