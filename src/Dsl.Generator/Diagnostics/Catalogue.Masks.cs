using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Masked convolutions: DSL343 to DSL345.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor MaskWithoutCentre = Error("DSL343", "A masked kernel has no centre",
        "KernelSize = {0} of {1} is even, so that no pixel stands in the middle of a window: write an odd number");

    public static readonly DiagnosticDescriptor ColorsDoNotDivide = Error("DSL344", "The colours do not divide the channels",
        "Colors = {0} of {1} does not divide both the {2} channels from {3} and its own {4}: each colour has as many "
        + "channels as any other");

    public static readonly DiagnosticDescriptor MaskLeavesNothing = Error("DSL345", "A mask hides the whole kernel",
        "{0} has a kernel of one pixel, of which mask {1} leaves nothing: no weight would ever be read; write an odd "
        + "KernelSize of at least 3");
}
