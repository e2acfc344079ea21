using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Optimizers and what they are combined with: DSL366 to DSL369, DSL455 to DSL459.</summary>
internal static partial class Catalogue
{
    /// <summary>{0} the optimizer, {1} the model.</summary>
    public static readonly DiagnosticDescriptor NoMatrices = Error("DSL366", "An optimizer of matrices finds none",
        "[{0}] takes hidden matrices, and '{1}' has none: all its trained parameters are vectors, embeddings, last layers or "
        + "excepted, so that an optimizer such as [AdamW] would do the same");

    /// <summary>{0} the optimizer, {1} the model.</summary>
    public static readonly DiagnosticDescriptor MatricesUnknown = Error(
        "DSL367", "An optimizer of matrices does not see what they do",
        "[{0}] leaves out embeddings and last layers, but the compiler does not analyse the Forward of '{1}' and cannot tell "
        + "which they are");
}
