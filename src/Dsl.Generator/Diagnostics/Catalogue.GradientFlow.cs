using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Where gradients do not arrive.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor TrainsNothing = Error("DSL471", "An objective trains nothing",
        "The gradient of [{0}] reaches no trained parameter of '{1}': {2}");

    public static readonly DiagnosticDescriptor UntrainedParameters = Warning("DSL472", "Parameters get no gradient",
        "No objective reaches {0} of '{1}' ({2} numbers): add an objective for what they compute, or freeze them");
}
