using System;

namespace Dsl;

/// <summary>Settings of their own for some parameters, as a parameter group of PyTorch's optimizers.</summary>
/// <remarks>
/// Where several groups name a parameter, the longest path decides alone. Settings that are left out are the optimizer's.
/// </remarks>
/// <example><code>
/// [Adam(1e-2), ParameterGroup("0", WeightDecay = 5e-4), ParameterGroup("3.1", LearningRateScale = 0.1)]
/// </code></example>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class ParameterGroupAttribute : RecipeAttribute
{
    /// <summary>A group of parameters.</summary>
    /// <param name="path">What the names of its parameters begin with, whole segments: a layer (<c>"0"</c>, <c>"3.1"</c>) or a
    /// parameter (<c>"0.weight"</c>).</param>
    public ParameterGroupAttribute(string path) => Path = path;

    /// <summary>What the names of the group's parameters begin with.</summary>
    public string Path { get; }

    /// <summary>Weight decay λ of these parameters, in place of the optimizer's. When it is not written, the
    /// optimizer's.</summary>
    [Interval("[0, inf)")]
    public double WeightDecay { get; set; }

    /// <summary>Factor of the schedule's learning rate; 0 keeps the parameters as they are.</summary>
    [Interval("[0, inf)")]
    public double LearningRateScale { get; set; } = 1;
}
