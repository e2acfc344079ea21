using System;

namespace Dsl;

/// <summary>A column that is read and kept in the row, but that the model does not see: a number of a patient, a name.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class IgnoreAttribute : Attribute;
