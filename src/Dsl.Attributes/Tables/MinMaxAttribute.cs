namespace Dsl;

/// <summary>A column in an interval: its smallest value in the training data becomes <see cref="Low"/>, its largest
/// <see cref="High"/>; other data may lie outside. Where all values are equal, they become <see cref="Low"/>.</summary>
public sealed class MinMaxAttribute : ScalingAttribute
{
    /// <summary>Scales a column to [0, 1], or to another interval.</summary>
    /// <param name="low">What the smallest value becomes.</param>
    /// <param name="high">What the largest value becomes, above <paramref name="low"/>.</param>
    public MinMaxAttribute(double low = 0, double high = 1)
    {
        Low = low;
        High = high;
    }

    /// <summary>What the smallest value becomes.</summary>
    [Interval("(-inf, inf)")]
    public double Low { get; }

    /// <summary>What the largest value becomes.</summary>
    [Interval("(-inf, inf)")]
    public double High { get; }
}
