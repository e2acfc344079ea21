using System;

namespace Dsl.Generator.Declarations;

/// <summary>A model that is written as methods: the methods that carry layers, and the user's <c>Forward</c> that calls
/// them.</summary>
/// <param name="Forward">The method named <c>Forward</c>; null without one.</param>
internal sealed record MethodForm(EquatableArray<LayerMethod> Layers, ForwardMethod? Forward) : IEquatable<MethodForm>;

/// <summary>A partial method that carries a stack of layers.</summary>
/// <param name="Modifiers">What its implementation must repeat: <c>private partial</c>.</param>
/// <param name="Parameters">Its parameters: the first flows through the stack, the layers reach the others by their
/// names.</param>
/// <param name="Problem">Why the compiler cannot give it a body; null when it can.</param>
internal sealed record LayerMethod(
    string Name,
    string Modifiers,
    EquatableArray<MethodParameter> Parameters,
    EquatableArray<AttributeDeclaration> Layers,
    string? Problem,
    Site Site) : IEquatable<LayerMethod>
{
    /// <summary>
    /// What an implementation would begin with, where the compiler cannot give it one and C# asks for one; otherwise null.
    /// </summary>
    public string? Head { get; init; }
}

/// <summary>A parameter of a method.</summary>
/// <param name="Shape">Its <c>[Shape]</c>; null without one.</param>
internal sealed record MethodParameter(string Name, AttributeDeclaration? Shape) : IEquatable<MethodParameter>;

/// <summary>The user's <c>Forward</c>.</summary>
/// <param name="Parameters">The names of its parameters.</param>
/// <param name="Results">The names of the results when it returns a tuple; empty for a tensor.</param>
/// <param name="Called">The layer methods that its text names, whether or not they are reached.</param>
/// <param name="Problem">Why it cannot be a model's forward pass; null when it can.</param>
internal sealed record ForwardMethod(
    EquatableArray<string> Parameters,
    EquatableArray<string> Results,
    EquatableArray<Statement> Body,
    EquatableArray<string> Called,
    string? Problem,
    Site Site) : IEquatable<ForwardMethod>;
