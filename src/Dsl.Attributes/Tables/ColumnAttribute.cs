using System;

namespace Dsl;

/// <summary>The name of a column in a file, where it is another than that of the property.</summary>
/// <remarks>Names are compared without regard to case, and to what is neither letter nor digit: <c>SepalLength</c> finds
/// <c>sepal_length</c> and <c>Sepal Length</c> without this attribute.</remarks>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class ColumnAttribute : Attribute
{
    /// <summary>Names a column.</summary>
    /// <param name="name">As the file's first line has it: <c>sepal length (cm)</c>.</param>
    public ColumnAttribute(string name) => Name = name;

    /// <summary>The name in files.</summary>
    public string Name { get; }
}
