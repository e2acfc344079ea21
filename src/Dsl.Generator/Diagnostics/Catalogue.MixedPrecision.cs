using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Products that take factors of 16 bits.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor NothingRounded = Error("DSL356", "No product takes numbers of 16 bits",
        "[MixedPrecision] changes nothing in '{0}', whose layers have no matrix product and no convolution but those of "
        + "recurrences, which keep 32 bits: remove it");
}
