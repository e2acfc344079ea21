using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor UnknownParameters = Error(
        "DSL510", "A parameter group names no trained parameter",
        "\"{0}\" is no trained parameter of '{1}' and no layer that has any, but {2}");

    public static readonly DiagnosticDescriptor DuplicateGroup = Error("DSL511", "A parameter group is given twice",
        "\"{0}\" has a group above already: write all its settings there");

    public static readonly DiagnosticDescriptor EmptyGroup = Error("DSL512", "A parameter group changes nothing",
        "The group \"{0}\" has no settings: give it a WeightDecay or a LearningRateScale");

    public static readonly DiagnosticDescriptor SeveralClippings = Error("DSL513", "The trainer clips the gradient twice",
        "[{0}] and [{1}] both bound the gradient: keep one");

    public static readonly DiagnosticDescriptor NoPeriod = Error("DSL514", "The restarts have no period",
        "[CosineRestarts] needs the length of its first period: set T0Epochs or T0Steps");

    public static readonly DiagnosticDescriptor PeriodTooLong = Error("DSL515", "The first period is longer than the training",
        "A period of {0} {2} does not fit into a run of {1} {2}: the rate would never restart");

    public static readonly DiagnosticDescriptor WarmupOfOneCycle = Error("DSL516", "One cycle with a warm-up",
        "[OneCycle] rises by itself: remove {0}, and set PctStart for the length of the rise");

    public static readonly DiagnosticDescriptor NoMomentumToCycle = Error("DSL517", "There is no momentum to cycle",
        "[OneCycle] cycles the momentum, and this [{0}] has none: set Momentum above 0, or CycleMomentum = false");

    public static readonly DiagnosticDescriptor MomentaSwapped = Error("DSL518", "The momentum's bounds are swapped",
        "BaseMomentum = {0} is the momentum at the peak of the rate and must not be above MaxMomentum = {1}");

    public static readonly DiagnosticDescriptor TwoAverages = Error("DSL519", "The trainer keeps two averages",
        "'{0}' keeps an average already, its teacher, and evaluates it: remove [WeightAverage]");

    public static readonly DiagnosticDescriptor UnreadByPolicy = Error("DSL520", "A setting belongs to another policy",
        "[OnNonFinite(NonFinite.{0})] does not read {1}, a setting of NonFinite.{2}: remove it, or declare that policy");

    public static readonly DiagnosticDescriptor LimitTooLong = Error("DSL521", "The run ends before a count of steps is reached",
        "{0} {2} are not reached in a run of {1} {2}: the setting would have no effect");

    /// <summary>{0} the name, {1} the optimizer, {2} the trainer, {3} what is trained.</summary>
    public static readonly DiagnosticDescriptor OptimizerForNone = Error(
        "DSL522", "An optimizer is for a network that is not trained",
        "\"{0}\" of [{1}] names no network that '{2}' trains beside its model: {3}");

    /// <summary>{0} the scheme, {1} what it calls the network in a sentence, {2} its name.</summary>
    public static readonly DiagnosticDescriptor NoOptimizerFor = Error("DSL523", "A network has no optimizer",
        "The {1} of [{0}] has no optimizer: add one, such as [Adam(2e-4, For = \"{2}\")]");

    /// <summary>{0} the attribute, {1} the trainer, {2} why.</summary>
    public static readonly DiagnosticDescriptor RanksRefused = Error("DSL524", "Ranks cannot make these updates together",
        "[{0}] shares each batch of '{1}' among processes, but {2}: remove it, and train in one process");

    /// <summary>{0} the property, {1} the trainer, {2} why.</summary>
    public static readonly DiagnosticDescriptor ShardsRefused = Error("DSL621", "The optimizer's state cannot be shared out",
        "{0} gives each rank of '{1}' the optimizer's state of a part of the parameters, but {2}: leave it out, or take an "
        + "optimizer that changes each number by itself, as [AdamW]");

    /// <summary>{0} the property, {1} the trainer, {2} why.</summary>
    public static readonly DiagnosticDescriptor OverlapRefused = Error("DSL622", "There is no backward pass to sum beside",
        "{0} sums the gradients of '{1}' over ranks while its backward pass goes on, but {2}: leave it out, and they are summed "
        + "behind it");

    /// <summary>{0} the network, {1} its layer, {2} the attribute.</summary>
    public static readonly DiagnosticDescriptor StatisticsOfRank = Warning("DSL525", "Batch statistics are those of a rank",
        "'{0}' normalises over the batch ({1}), and with [{2}] over each rank's part of it: write Synchronized = true in the "
        + "layer, so that the ranks measure the whole batch, take batches whose parts are large enough, 16 samples or more, or "
        + "normalise each sample, by [GroupNorm] or [LayerNorm]");

    /// <summary>{0} the technique, {1} the attribute.</summary>
    public static readonly DiagnosticDescriptor RowsOfRank = Warning("DSL526", "Samples are compared within a rank",
        "{0} reads the samples of a batch together, and with [{1}] those of each rank's part: choose the batch size by the part, "
        + "which is the batch size divided by the number of ranks");
}
