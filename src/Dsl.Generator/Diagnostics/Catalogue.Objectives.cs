using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Diagnostics of objectives, and warnings of what the literature advises against.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor NoDataSetOfItsOwn = Error(
        "DSL527", "An objective cannot have a data set of its own",
        "[{0}] cannot have the data set \"{1}\" for itself: {2}");

    public static readonly DiagnosticDescriptor LabelKindsDiffer = Error(
        "DSL413", "Two objectives need labels of different kinds",
        "[{0}] needs {1} and [{2}] needs {3}, but a batch has one set of labels");

    public static readonly DiagnosticDescriptor NoPositions = Error("DSL414", "An objective has no positions",
        "[{0}] compares every element of the output already: remove PerPosition");

    public static readonly DiagnosticDescriptor OneClass = Error("DSL415", "There is one class",
        "[{0}] compares classes, but '{1}' returns {2}, one class, whose probability is always 1: {3}");

    public static readonly DiagnosticDescriptor NotOnePerClass = Error("DSL416", "There is not one number for each class",
        "{0} of [{1}] has {2} numbers, but '{3}' returns {4}: give {5}");

    public static readonly DiagnosticDescriptor ThresholdTooHigh = Error("DSL417", "An entropy threshold is never reached",
        "Gamma = {0} is above log {1} = {2}, the largest entropy of {1} classes: choose less, or leave it out to reward all "
        + "entropy");

    public static readonly DiagnosticDescriptor RegularizerAlone = Error("DSL418", "A regulariser stands alone",
        "[{0}] only steers what another objective learns: add one, such as [CrossEntropy]");

    public static readonly DiagnosticDescriptor WithoutEffect = Error("DSL419", "An argument has no effect",
        "{0} of [{1}] has no effect without {2}: add it or remove the argument");

    public static readonly DiagnosticDescriptor TeacherIgnorant = Error("DSL420", "A virtual teacher knows no more than chance",
        "Correct = {0} is at most 1/{1} = {2}, what each of {1} classes has by chance: choose more, habitually 0.9 to 0.99");

    public static readonly DiagnosticDescriptor SoftmaxTwice = Warning("DSL601", "Softmax is applied twice",
        "[{0}] applies a softmax itself, but '{1}' ends with {2}: let it return the logits, since a second softmax flattens "
        + "prediction and gradient");

    public static readonly DiagnosticDescriptor NotLogProbabilities = Warning(
        "DSL602", "The model's output is not log-probabilities",
        "[{0}] reads log-probabilities, but '{1}' ends with {2}: end with [LogSoftmax], or use [CrossEntropy] on logits");

    public static readonly DiagnosticDescriptor StrongSmoothing = Warning("DSL603", "Labels are smoothed strongly",
        "LabelSmoothing = {0} leaves the true class a target of {1}; the literature uses 0.1, at most 0.3");

    public static readonly DiagnosticDescriptor SigmoidTwice = Warning("DSL604", "Sigmoid is applied twice",
        "[{0}] applies a sigmoid itself, but '{1}' ends with one: let it return the logits, since a second sigmoid keeps "
        + "every probability in [0.5, 0.74]");

    public static readonly DiagnosticDescriptor UnusualTemperature = Warning("DSL605", "A temperature is unusual",
        "Temperature = {0} of [{1}] is outside of [{2}, {3}], where the literature finds it useful: {4}");

    public static readonly DiagnosticDescriptor WeightZero = Warning("DSL606", "An objective has weight 0",
        "[{0}] is computed in every step and changes nothing: remove it, or give it a weight");

    public static readonly DiagnosticDescriptor RectifiedLogits = Warning("DSL607", "Logits cannot be negative",
        "[{0}] reads logits, but '{1}' ends with [ReLU]: a class whose logits are all cut off at 0 learns nothing; remove "
        + "the last [ReLU]");

    public static readonly DiagnosticDescriptor DropoutOnLogits = Warning("DSL608", "Dropout acts on logits",
        "[{0}] reads logits, but '{1}' ends with [Dropout], which sets some of them to 0 at random: put it before the last "
        + "layer with weights");

    public static readonly DiagnosticDescriptor OwnObjectiveForm = Error("DSL451", "A method cannot be a loss",
        "'{0}' cannot be a loss because {1}: write [Objective] private static Tensor {0}(Tensor prediction, Tensor target)");

    public static readonly DiagnosticDescriptor OwnObjectiveOutside = Info(
        "DSL452", "A loss goes beyond what the compiler analyses",
        "The compiler does not analyse '{0}': '{1}' is called as it stands, and the trainer goes through autograd");

    public static readonly DiagnosticDescriptor OwnReduction = Error("DSL453", "A loss is no mean over samples",
        "An update has several batches, and what '{0}' makes of one of them by '{1}' says nothing of all: "
        + "return a number for each sample, computed from what the compiler analyses, and it takes the mean over the update");

    public static readonly DiagnosticDescriptor MetricForm = Error("DSL454", "A method cannot be a metric",
        "'{0}' cannot be a metric because {1}: write [Metric] private static double {0}(Tensor predictions, Tensor labels)");
}
