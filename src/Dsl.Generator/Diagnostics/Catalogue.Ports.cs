using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Inputs, outputs and the flow between them.</summary>
internal static partial class Catalogue
{
    /// <summary>{0} the name, {1} what to do.</summary>
    public static readonly DiagnosticDescriptor NotAnIdentifier = Error("DSL213", "A name is not an identifier",
        "'{0}' becomes a name in C#: {1}");

    public static readonly DiagnosticDescriptor DuplicateInput = Error("DSL214", "Two inputs have one name",
        "The model has an input '{0}' already: choose another name");

    public static readonly DiagnosticDescriptor TooManyInputs = Error("DSL215", "The model has too many inputs",
        "'{0}' can have six inputs: the one of [Model] and five further ones");

    public static readonly DiagnosticDescriptor DuplicateOutput = Error("DSL216", "Two outputs have one name",
        "The model has an output '{0}' already: choose another name");

    public static readonly DiagnosticDescriptor OutputInBlock = Error("DSL217", "An output stands in a block",
        "[Output(\"{0}\")] belongs to a model: a block can be used several times");

    public static readonly DiagnosticDescriptor ResultUnused = Error("DSL218", "What the model computes last is not an output",
        "'{0}' declares outputs, but what stands after the last [Output] leads nowhere: end with an [Output] or remove the "
        + "layers");

    public static readonly DiagnosticDescriptor FlowAbandoned = Error("DSL219", "A value is computed and left behind",
        "{0} from {1} goes nowhere when the stack continues from \"{2}\": put a [Tag] or an [Output] before [From]");

    public static readonly DiagnosticDescriptor ReservedName = Error("DSL220", "The name of an input is taken",
        "'{0}' is a name that generated code uses itself: choose another one");

    public static readonly DiagnosticDescriptor NeedsSingle = Error(
        "DSL408", "A teacher needs a model with one input and one output",
        "[{0}] asks a second network for its output, but '{1}' has several inputs or outputs, for which that is not defined");

    public static readonly DiagnosticDescriptor UnknownResult = Error("DSL409", "An objective reads what the model does not have",
        "Of = \"{0}\" is neither an [Output] nor a [Tag] of '{1}'{2}");

    public static readonly DiagnosticDescriptor SeveralOutputs = Error(
        "DSL410", "An objective does not say which output it reads",
        "[{0}] must say which output of '{1}' it reads: Of = one of {2}");

    public static readonly DiagnosticDescriptor LabelsDiffer = Error("DSL411", "Two objectives need labels of different shapes",
        "[{0}] needs labels {1} and [{2}] needs labels {3}, but a batch has one set of labels");

    public static readonly DiagnosticDescriptor ObjectiveTwice = Error("DSL412", "An objective stands twice",
        "[{0}] stands twice and reads the same output: keep one and add up the weights");

    public static readonly DiagnosticDescriptor NoEdges = Error("DSL307", "A graph layer has no edges",
        "{0} needs edges, but the model has no input \"{1}\": write [EdgeList(\"{1}\")] beside [Model]{2}");

    public static readonly DiagnosticDescriptor NotEdges = Error("DSL308", "A value is not a list of edges",
        "\"{0}\" is {1}, but a list of edges is [2, E]: declare it by [EdgeList(\"{0}\")]");

    public static readonly DiagnosticDescriptor NeedsRealNumbers = Error("DSL306", "A layer gets integers",
        "{0} takes real numbers, but gets integers {1} from {2}: put an [Embedding] before it");
}
