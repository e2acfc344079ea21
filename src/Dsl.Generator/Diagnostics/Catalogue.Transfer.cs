using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>What is learned beside weights that stay.</summary>
internal static partial class Catalogue
{
    /// <summary>{0} the rank, {1} the layer, {2} and {3} the sizes of its weight.</summary>
    public static readonly DiagnosticDescriptor RankTooLarge = Error("DSL463", "A low-rank change has no low rank",
        "A change of rank {0} is no smaller than the weight [{3}, {2}] of {1}: take a rank below both sizes, or learn a Linear");

    /// <summary>{0} the attribute, {1} the trainer.</summary>
    public static readonly DiagnosticDescriptor NothingToWeigh = Error("DSL465", "There is nothing to weigh an objective against",
        "[{0}] weighs objectives against each other, but '{1}' has not two of them: remove it, or add another objective");

    /// <summary>{0} the layer.</summary>
    public static readonly DiagnosticDescriptor FrozenUpdate = Error("DSL464", "A low-rank change is frozen",
        "{0} learns nothing: [Frozen] holds its change, too. Its weight stays as it is without that: move it behind [Frozen], or "
        + "take a Linear");
}
