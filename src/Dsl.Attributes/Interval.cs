using System;
using System.Globalization;

namespace Dsl;

/// <summary>The values an argument may take, in interval notation: <c>"(0, inf)"</c>, <c>"[0, 1)"</c>, <c>"[1,
/// 20]"</c>.</summary>
/// <remarks>The compiler checks constants against it and the generated trainer checks the property's setter.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IntervalAttribute : Attribute
{
    /// <summary>Declares the legal values of a hyper-parameter.</summary>
    /// <param name="notation">An interval with round (open) or square (closed) brackets; <c>inf</c> for no bound.</param>
    public IntervalAttribute(string notation)
    {
        Notation = notation;
        int comma = notation.IndexOf(',');
        MinimumIncluded = notation[0] == '[';
        MaximumIncluded = notation[notation.Length - 1] == ']';
        Minimum = Bound(notation.Substring(1, comma - 1));
        Maximum = Bound(notation.Substring(comma + 1, notation.Length - comma - 2));
    }

    /// <summary>The interval as it was written.</summary>
    public string Notation { get; }

    /// <summary>The lower bound.</summary>
    public double Minimum { get; }

    /// <summary>The upper bound.</summary>
    public double Maximum { get; }

    /// <summary>Whether the lower bound itself is legal.</summary>
    public bool MinimumIncluded { get; }

    /// <summary>Whether the upper bound itself is legal.</summary>
    public bool MaximumIncluded { get; }

    /// <summary>Whether <paramref name="value"/> lies in the interval; NaN never does.</summary>
    public bool Contains(double value) =>
        (MinimumIncluded ? value >= Minimum : value > Minimum) && (MaximumIncluded ? value <= Maximum : value < Maximum);

    private static double Bound(string text) => text.Trim() switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var number => double.Parse(number, CultureInfo.InvariantCulture),
    };
}
