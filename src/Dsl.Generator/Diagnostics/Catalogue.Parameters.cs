using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>What is said about parameters.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor InitSetsNothing = Error("DSL221", "An Init sets nothing",
        "This [Init] sets nothing: {0}");

    public static readonly DiagnosticDescriptor UnreadInitArgument = Error("DSL222", "An argument of Init is not read",
        "{0} says nothing to {1}: remove the argument or choose an initialiser that reads it");

    public static readonly DiagnosticDescriptor InitNeedsArgument = Error("DSL223", "An initialiser lacks its number",
        "Initializer.{0} needs {1}: write [Init(Initializer.{0}, {1} = ...)]");

    public static readonly DiagnosticDescriptor InitializerNeedsFan = Error("DSL224", "An initialiser needs a weight",
        "Initializer.{0} counts the inputs and outputs of a weight [out, in, ...], but {1} has {2}: use Zero, Constant, "
        + "Normal, TruncatedNormal or Uniform");

    public static readonly DiagnosticDescriptor NothingToFreeze = Error("DSL225", "There is nothing to freeze",
        "[Frozen] freezes the parameters before it in its stack, and there are none: write it behind the layers that it "
        + "should freeze");

    public static readonly DiagnosticDescriptor NothingTrainable = Error("DSL226", "Every parameter is frozen",
        "All {1} parameters of '{0}' are frozen, so that there is nothing to train: add a layer behind [Frozen], or remove it");

    public static readonly DiagnosticDescriptor SharedShapesDiffer = Error("DSL227", "A shared weight has two shapes",
        "{0} cannot share \"{1}\": its weight is {2}, that of {3} is {4}");

    public static readonly DiagnosticDescriptor SharedAndFrozen = Error("DSL228", "A shared weight is frozen in one place only",
        "{0} shares \"{1}\" with {2}, of which one is frozen and the other is not: freeze both, or give each a weight of its "
        + "own");

    public static readonly DiagnosticDescriptor SharedAlone = Error("DSL229", "No other layer shares the weight",
        "{0} shares \"{1}\", but no other layer does: name it in a second layer too, or remove Share{2}");
}
