using System;

namespace Dsl;

/// <summary>The rule that turns gradients into an update of the parameters. A trainer has one for each network that it
/// trains.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public abstract class OptimizerAttribute : Attribute
{
    /// <summary>An optimizer with the given learning rate.</summary>
    /// <param name="learningRate">The learning rate that the schedule starts from.</param>
    protected OptimizerAttribute(double learningRate) => LearningRate = learningRate;

    /// <summary>The learning rate that the schedule starts from.</summary>
    [Interval("(0, inf)")]
    public double LearningRate { get; }

    /// <summary>
    /// Whether weight decay reaches vectors too: biases and the scales and shifts of normalisations, parameters of rank 0 or 1.
    /// True, as in PyTorch; false decays matrices and kernels alone.
    /// </summary>
    /// <remarks>A <see cref="ParameterGroupAttribute"/> that names a vector in full (<c>"0.bias"</c>) and has a weight decay
    /// decays it.</remarks>
    public bool DecayVectors { get; set; } = true;

    /// <summary>
    /// Which network the optimizer is for, where a scheme trains others beside the trainer's model: the name that the scheme
    /// gives it, such as <c>"Discriminator"</c>. Empty for the trainer's model.
    /// </summary>
    /// <remarks>The trainer's properties for it begin with that name: <c>DiscriminatorLearningRate</c>.</remarks>
    public string For { get; set; } = "";
}
