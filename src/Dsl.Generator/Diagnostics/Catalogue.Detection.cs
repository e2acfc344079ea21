using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Detection of objects: DSL487 to DSL489.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor OtherPriors = Error("DSL487", "A detector has other priors than rows",
        "[{0}] has {1} priors, {2}, but '{3}' returns {4}: give Maps the sides of the feature maps in the order of their rows, "
        + "and heads as many boxes of a cell as Ratios has numbers and one more");

    public static readonly DiagnosticDescriptor NoDetections = Error("DSL488", "The output does not say where objects are",
        "[{0}] reads {1}, but '{2}' returns {3}: {4}");

    public static readonly DiagnosticDescriptor PriorsContradict = Error("DSL489", "Priors contradict each other",
        "[{0}] cannot place its priors: {1}");
}
