using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>What a model may cost.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor OverBudget = Error("DSL351", "The model exceeds its budget",
        "'{0}' needs {1} {2}, {3} more than its budget of {4}; the largest part is {5} with {6}");

    public static readonly DiagnosticDescriptor NotAQuantity = Error("DSL352", "A budget is not a quantity",
        "\"{0}\" is not a quantity: write a number above 0 and a unit, such as {1}");

    public static readonly DiagnosticDescriptor CostUnknown = Error("DSL353", "A cost is not known at compile time",
        "{0} of '{1}' cannot be counted, since the compiler does not analyse its Forward: remove the argument");

    public static readonly DiagnosticDescriptor EmptyBudget = Error("DSL354", "A budget bounds nothing",
        "[Budget] bounds nothing: write Parameters, Flops or ActivationBytes");
}
