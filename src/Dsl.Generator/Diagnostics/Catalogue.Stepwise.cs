using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Networks that are computed place by place: DSL355.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor NotStepwise = Error("DSL355", "The model cannot be computed place by place",
        "Stepwise needs places that depend on themselves and earlier ones alone, but of {0} this cannot be told: {1}; take "
        + "attention with Causal = true and recurrences that read forwards, or leave Stepwise out");
}
