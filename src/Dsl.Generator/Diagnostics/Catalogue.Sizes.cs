using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Sizes that no machine holds.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor TooLarge = Error("DSL317", "A size is too large",
        "{0} is too large: {1}");

    public static readonly DiagnosticDescriptor TooManyLayers = Error("DSL318", "The model has too many layers",
        "With {0} the model has more than {1} layers or uses of blocks: lower Times, or nest less");
}
