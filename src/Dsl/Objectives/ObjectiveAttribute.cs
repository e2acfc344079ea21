using System;

namespace Dsl;

/// <summary>A term of what a trainer minimises. Several objectives on one trainer are summed, each with its weight.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class ObjectiveAttribute : Attribute
{
    /// <summary>Factor of this term in the total. With a single term left at 1 the factor is not emitted.</summary>
    [Interval("[0, inf)")]
    public double Weight { get; set; } = 1;
}
