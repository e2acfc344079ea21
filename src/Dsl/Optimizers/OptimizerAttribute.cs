using System;

namespace Dsl;

/// <summary>The rule that turns gradients into an update of the parameters. A trainer has exactly one.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class OptimizerAttribute : Attribute
{
    /// <summary>An optimizer with the given learning rate.</summary>
    /// <param name="learningRate">The learning rate that the schedule starts from.</param>
    protected OptimizerAttribute(double learningRate) => LearningRate = learningRate;

    /// <summary>The learning rate that the schedule starts from.</summary>
    [Interval("(0, inf)")]
    public double LearningRate { get; }
}
