using System;

namespace Dsl;

/// <summary>What stands in for values that are missing in a nullable column. It is found before the column is scaled.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Parameter | AttributeTargets.Property, Inherited = false)]
public sealed class ImputeAttribute : Attribute
{
    /// <summary>A statistic of the values that the training data has.</summary>
    /// <param name="statistic">Which.</param>
    public ImputeAttribute(Statistic statistic) => Statistic = statistic;

    /// <summary>A number, for a column of numbers; 0 or 1 for one of yes or no.</summary>
    /// <param name="value">The number.</param>
    public ImputeAttribute(double value) => Value = value;

    /// <summary>A whole number, likewise.</summary>
    /// <param name="number">The number.</param>
    // Without it, C# would take 0 for a statistic as well as for a number.
    public ImputeAttribute(int number) => Value = number;

    /// <summary>A category, by its name.</summary>
    /// <param name="category">One that the column has.</param>
    public ImputeAttribute(string category) => Category = category;

    /// <summary>The statistic; null for a constant.</summary>
    public Statistic? Statistic { get; }

    /// <summary>The number; null for anything else.</summary>
    public double? Value { get; }

    /// <summary>The category; null for anything else.</summary>
    public string? Category { get; }

    /// <summary>Whether the model gets a further number that says whether the value was missing: 1, else 0.</summary>
    public bool Indicator { get; set; }
}
