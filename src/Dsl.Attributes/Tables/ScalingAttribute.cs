using System;

namespace Dsl;

/// <summary>How the numbers of a column are scaled, by statistics of the data that a model is trained on and of no
/// others.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Parameter | AttributeTargets.Property, Inherited = false)]
public abstract class ScalingAttribute : Attribute;
