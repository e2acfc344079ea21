using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Transformations of tones, and chains of AugMix that are a policy.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor TooFewPixels = Error("DSL460", "Images are too small to be equalized",
        "[{0}] changes nothing in the input {2} of '{1}': it moves tones by a 255th of the pixels, rounded down, "
        + "and {3} pixels are fewer than 256; remove it, or use [AutoContrast]");

    public static readonly DiagnosticDescriptor FactorOfOne = Error("DSL461", "A factor of 1 changes nothing",
        "[{0}] with a factor of 1 leaves every image as it is: give less to blur, or more to sharpen");

    public static readonly DiagnosticDescriptor PolicySaysIt = Error("DSL462", "A policy says what an argument would",
        "{0} of [{1}] is for the operations that [{3}] has without a policy: say in '{2}' what happens and how strongly, and "
        + "remove {0}");
}
