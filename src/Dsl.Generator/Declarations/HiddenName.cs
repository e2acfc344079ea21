using System;

namespace Dsl.Generator.Declarations;

/// <summary>A name of generated code that means something else where a class stands.</summary>
/// <param name="By">What gives it the other meaning.</param>
/// <param name="Culprit">The class, the namespace or the import that does.</param>
internal sealed record HiddenName(string Name, HiddenBy By, string Culprit) : IEquatable<HiddenName>
{
    /// <summary>The type that generated code means, where it can say so by an alias; null where it cannot.</summary>
    public string? Meaning { get; init; }
}

/// <summary>What gives a name of generated code another meaning.</summary>
internal enum HiddenBy
{
    /// <summary>A member of the class itself.</summary>
    Member,

    /// <summary>A namespace around the class.</summary>
    Namespace,

    /// <summary>A namespace or a class that every file of the project imports.</summary>
    Import,

    /// <summary>An alias that every file of the project has.</summary>
    Alias,
}
