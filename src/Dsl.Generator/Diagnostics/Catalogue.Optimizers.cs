using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Optimizers and what they are combined with: DSL366 to DSL369, DSL455 to DSL459; DSL618, DSL619.</summary>
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

    /// <summary>{0} the low rate, {1} what it stands beside.</summary>
    public static readonly DiagnosticDescriptor AverageRates = Error("DSL457", "A rate does not fall within its cycle",
        "The rate falls to LowRate = {0} within a cycle, but {1}: set Rate above LowRate, or remove LowRate");

    /// <summary>{0} the technique.</summary>
    public static readonly DiagnosticDescriptor AverageWithoutEpochs = Error(
        "DSL458", "An average of epochs in a run without them",
        "[{0}] averages the weights at the ends of epochs, and the run is not declared in epochs: write [Epochs(n)]");

    /// <summary>{0} the technique, {1} the model, {2} the reason.</summary>
    public static readonly DiagnosticDescriptor StatisticsNotMeasured = Error(
        "DSL459", "Running statistics of an average cannot be measured",
        "[{0}] evaluates an average of weights, whose running statistics have to be measured, and those of '{1}' cannot be: {2}");

    /// <summary>{0} the layer, {1} the reason.</summary>
    public static readonly DiagnosticDescriptor WeightNotNormalized = Error("DSL618", "A weight cannot be normalised",
        "The weight of {0} cannot be learned as directions and lengths of its outputs: {1}");

    /// <summary>{0} the solver, {1} the reason.</summary>
    public static readonly DiagnosticDescriptor SolverRefused = Error("DSL619", "What is trained has no closed form",
        "[{0}] solves one linear layer under a mean squared error, and here {1}: take an optimizer such as [Adam]");
}
