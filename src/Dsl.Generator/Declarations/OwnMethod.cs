using System;

namespace Dsl.Generator.Declarations;

/// <summary>A method of a trainer that carries an attribute: a loss or a metric of the user's own.</summary>
/// <param name="Parameters">The names of its parameters, which are tensors.</param>
/// <param name="Problem">Why it cannot be called with tensors; null when it can.</param>
internal sealed record OwnMethod(
    string Name,
    EquatableArray<string> Parameters,
    EquatableArray<Statement> Body,
    string? Problem,
    Returned Returns,
    Site Site) : IEquatable<OwnMethod>;

/// <summary>What a method returns.</summary>
internal enum Returned
{
    Other,
    Tensor,

    /// <summary>A double.</summary>
    Number,
}
