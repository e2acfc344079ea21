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

    /// <summary>
    /// Whether weight decay reaches vectors too: biases and the scales and shifts of normalisations, parameters of rank 0 or 1. True,
    /// as in PyTorch; false decays matrices and kernels alone.
    /// </summary>
    /// <remarks>A <see cref="ParameterGroupAttribute"/> that names a vector in full (<c>"0.bias"</c>) and has a weight decay decays it.</remarks>
    public bool DecayVectors { get; set; } = true;
}
