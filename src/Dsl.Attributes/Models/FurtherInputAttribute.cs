using System;

namespace Dsl;

/// <summary>An input of a model beside its first one, known to layers by a name.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class FurtherInputAttribute : Attribute
{
    /// <summary>Declares an input.</summary>
    /// <param name="name">A C# identifier.</param>
    protected FurtherInputAttribute(string name) => Name = name;

    /// <summary>The name by which layers reach the input.</summary>
    public string Name { get; }
}
