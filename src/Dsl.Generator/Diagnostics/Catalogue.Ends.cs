using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Sequences of different lengths: DSL361 to DSL363.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor PaddingMixed = Error("DSL361", "A layer lets padding in",
        "{0} gets sequences {1} with [Lengths] from {2}, and what stands behind their ends would change what it gives: {3}");

    public static readonly DiagnosticDescriptor LengthsOfNothing = Error("DSL362", "Lengths belong to no sequence",
        "'{0}' counts the places of no sequence: {1}");

    public static readonly DiagnosticDescriptor ObjectiveOfPadding = Error("DSL363", "An objective would count padding",
        "[{0}] reads sequences {1} with [Lengths]: {2}");
}
