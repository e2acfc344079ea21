using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Mixtures of samples.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor NothingLabeled = Error("DSL441", "A mixing has no labelled objective",
        "[{0}] mixes samples for a labelled objective, but the trainer has none: add [CrossEntropy]");

    public static readonly DiagnosticDescriptor SeveralMixings = Error("DSL442", "The trainer mixes samples in two ways",
        "[{0}] and [{1}] both say what the network sees: keep one");

    public static readonly DiagnosticDescriptor InputNotMixable = Error("DSL443", "An input cannot be mixed",
        "[{0}] mixes real numbers, but the input '{1}' {2} of '{3}' is integers: use [ManifoldMixup(\"...\", Input = false)] "
        + "behind an [Embedding]");

    public static readonly DiagnosticDescriptor MixingNeedsImages = Error("DSL444", "A mixing needs other inputs",
        "[{0}] takes images {1}, but {2}: {3}");

    public static readonly DiagnosticDescriptor NoMixPoint = Error("DSL445", "A mixing does not say where",
        "[{0}] {1}");

    public static readonly DiagnosticDescriptor MixingHidesFromTeacher = Error("DSL446", "A teacher does not see what is mixed",
        "[{0}] mixes inside of the network, but the teacher of [{1}] sees the samples themselves: use [Mixup], which both see");

    public static readonly DiagnosticDescriptor NotAMixPoint = Error("DSL447", "Samples cannot be mixed at a tag",
        "Samples cannot be mixed at \"{0}\": {1}");

    public static readonly DiagnosticDescriptor MixPointBypassed = Error(
        "DSL448", "Samples that are not mixed pass around a place",
        "Not everything passes through \"{0}\": the outputs of '{1}' also read the input '{2}' around it, so that they would "
        + "see other labels than those that are mixed; "
        + "choose a place that nothing leads around");

    public static readonly DiagnosticDescriptor MixingMovesPositions = Error("DSL449", "A mixing moves images under their labels",
        "[{0}] gives a batch one share of each label, but [{1}] has a label for each position: use [Mixup]");
}
