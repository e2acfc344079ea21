using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Layers of sequences.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor HeadsDoNotDivide = Error("DSL331", "The heads do not divide the features",
        "The {0} heads of {1} do not divide the {2} features of {3} from {4}");

    public static readonly DiagnosticDescriptor OddRotaryHead = Error("DSL332", "A rotary embedding of an odd number of features",
        "Rotary turns pairs of features, but each of the {0} heads of {1} has {2} of the {3} features: make that number even");

    public static readonly DiagnosticDescriptor RotaryBaseUnused = Error("DSL333", "A rotary base without a rotary embedding",
        "RotaryBase = {0} changes nothing without Rotary = true");

    public static readonly DiagnosticDescriptor ContextIsNoSequence = Error(
        "DSL334", "The context of attention is not a sequence",
        "{0} attends to a sequence [N, S, C] of real numbers, but \"{1}\" is {2}{3}");

    public static readonly DiagnosticDescriptor TooFewPositions = Error("DSL335", "There are fewer positions than places",
        "{0} has vectors for {1} places, but {2} from {3} has {4}");

    public static readonly DiagnosticDescriptor PaddingIndexOutOfTable = Error(
        "DSL336", "The padding index is outside of the table",
        "PaddingIndex = {0} is no row of a table of {1}: it must be at most {2}, or -1 for none");

    public static readonly DiagnosticDescriptor EmbeddingOfRealNumbers = Error("DSL337", "An embedding of real numbers",
        "{0} looks up integers, but {1} from {2} are real numbers: declare Elements = Elements.Index at [Model] or [Input]");

    public static readonly DiagnosticDescriptor NoSuchPlace = Error("DSL338", "There is no such place",
        "{0} gets {1} from {2}: the place must be from {3} to {4}");
}
