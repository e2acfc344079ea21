using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Augmentation policies, and where they are used.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor EmptyInterval = Error("DSL421", "The bounds of a random number are exchanged",
        "[{0}] draws from {1} = {2} to {3} = {4}: the first must not be larger than the second");

    public static readonly DiagnosticDescriptor ChangesNothing = Error("DSL422", "A transformation changes nothing",
        "[{0}] changes nothing: give at least one of its arguments a value above 0");

    public static readonly DiagnosticDescriptor NotUnitRange = Error("DSL423", "A transformation stands behind Normalize",
        "[{0}] works on images in [0, 1], but [Normalize] stands before it: move [Normalize] behind it");

    public static readonly DiagnosticDescriptor LargerThanImage = Error("DSL424", "A transformation is larger than the image",
        "{0} of [{1}] does not fit the input {3} of '{2}': give at most {4}");

    public static readonly DiagnosticDescriptor ChangesSize = Error("DSL425", "A transformation changes the size of the image",
        "[{0}] cuts {1} pixels, but '{2}' takes {3}: cut {4}");

    public static readonly DiagnosticDescriptor NoColors = Error("DSL426", "A transformation needs other channels",
        "{0} needs {1}, but '{2}' takes {3} with {4}");

    public static readonly DiagnosticDescriptor ChannelCount = Error("DSL427", "The numbers do not match the channels",
        "[{0}] {1}");

    public static readonly DiagnosticDescriptor LabelsStay = Error("DSL428", "A transformation moves images under their labels",
        "[{0}] moves what images show, but [{1}] has a label for each position, and labels stay: use transformations that "
        + "move nothing");

    public static readonly DiagnosticDescriptor OutOfFrame = Error("DSL429", "A transformation moves images out of their frame",
        "{0} of [{1}] can move the whole input {3} of '{2}' out of its frame: give less than {4}");
}
