namespace Dsl;

/// <summary>An objective of classes that can weigh them.</summary>
public abstract class ClassObjectiveAttribute : ReducedObjectiveAttribute
{
    /// <summary>A weight for each of the K classes, in the order of the labels; all 1 when left out.</summary>
    [Interval("[0, inf)")]
    public double[]? ClassWeights { get; set; }
}
