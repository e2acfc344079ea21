using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>What is learned beside weights that stay.</summary>
internal static partial class Catalogue
{
    /// <summary>{0} the rank, {1} the layer, {2} and {3} the sizes of its weight.</summary>
    public static readonly DiagnosticDescriptor RankTooLarge = Error("DSL463", "A low-rank change has no low rank",
        "A change of rank {0} is no smaller than the weight [{3}, {2}] of {1}: take a rank below both sizes, or learn the "
        + "plain layer");

    /// <summary>{0} the attribute, {1} the trainer.</summary>
    public static readonly DiagnosticDescriptor NothingToWeigh = Error("DSL465", "There is nothing to weigh an objective against",
        "[{0}] holds objectives against each other, but '{1}' has not two of them: remove it, or add another objective");

    /// <summary>{0} the attribute, {1} the model.</summary>
    public static readonly DiagnosticDescriptor NothingShared = Error("DSL469", "Objectives share no parameters",
        "[{0}] holds the gradients of objectives against each other in the parameters that they share, but in '{1}' they share "
        + "none that learns: put their heads behind one trunk, or remove it");

    /// <summary>{0} the attribute, {1} the model, {2} which groups there are.</summary>
    public static readonly DiagnosticDescriptor OneLayerGroup = Error("DSL466", "There are no two groups of layers",
        "[{0}] tells groups of layers apart, but of '{1}' there is {2}: remove it, or write a larger Depth if its names have "
        + "more segments");

    /// <summary>{0} the attribute, {1} the group, {2} the epochs before it learns, {3} those of the run.</summary>
    public static readonly DiagnosticDescriptor NeverUnfreezes = Error("DSL467", "A group of layers never learns",
        "By [{0}] the group \"{1}\" begins to learn after {2} epochs, but the run has {3}: write more Epochs, or freeze it for "
        + "good by [Frozen]");

    public static readonly DiagnosticDescriptor UnfreezesWithoutEpochs = Error(
        "DSL468", "Layers unfreeze by epochs in a run without them",
        "[{0}] lets a group of layers learn at the start of an epoch, and the run is not declared in epochs: write [Epochs(n)]");

    /// <summary>{0} the layer.</summary>
    public static readonly DiagnosticDescriptor FrozenUpdate = Error("DSL464", "A low-rank change is frozen",
        "{0} learns nothing: [Frozen] holds its change, too. Its weight stays as it is without that: move it behind [Frozen], or "
        + "take the plain layer");
}
