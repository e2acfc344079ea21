using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor TwoOrders = Error("DSL540", "The trainer orders its samples twice",
        "[{0}] says which samples a batch has, and so does another attribute of the recipe: keep one");

    /// <summary>{0} the objective, {1} the one argument, {2} the other.</summary>
    public static readonly DiagnosticDescriptor WeighedTwice = Error("DSL541", "Classes are weighed twice",
        "[{0}] has {1} and {2}, which both say what each class weighs: keep one");

    /// <summary>{0} the objective, {1} what is wrong and what to do.</summary>
    public static readonly DiagnosticDescriptor NoTransition = Error("DSL542", "A transition matrix does not fit", "[{0}] {1}");

    public static readonly DiagnosticDescriptor UnusedCleanSize = Error("DSL543", "There is no clean stream",
        "Clean = {0} sizes a stream that no scheme of '{1}' reads: remove it or add a scheme such as [LearnToReweight]");
}
