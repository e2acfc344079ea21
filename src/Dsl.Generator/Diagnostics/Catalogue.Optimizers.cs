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

    /// <summary>{0} the technique, {1} the reason.</summary>
    public static readonly DiagnosticDescriptor PlaceRefused = Error("DSL368", "A gradient cannot be taken elsewhere",
        "[{0}] takes the gradient elsewhere than at the present parameters, and here it cannot: {1}");

    /// <summary>{0} the one technique, {1} the other.</summary>
    public static readonly DiagnosticDescriptor TwoPlaces = Error("DSL369", "Two techniques say where the gradient is taken",
        "[{0}] and [{1}] both take the gradient elsewhere than at the present parameters: keep one");

    /// <summary>{0} the schedule, {1} the optimizer.</summary>
    public static readonly DiagnosticDescriptor ScheduleOfNone = Error("DSL455", "A schedule beside an average in its place",
        "[{1}] averages its steps in the place of a rate that falls, so that [{0}] would be a second schedule: remove it, or "
        + "write [Constant] with a warm-up");

    /// <summary>{0} the optimizer, {1} the model.</summary>
    public static readonly DiagnosticDescriptor StatisticsElsewhere = Error("DSL456", "Running statistics of other parameters",
        "[{0}] takes gradients at other parameters than it evaluates, and the running statistics of '{1}' would be those of "
        + "the former: take a GroupNorm or LayerNorm, or another optimizer");
}
