using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>
/// Every diagnostic of the compiler, in bands: 1xx placement and syntax, 2xx names, 3xx shapes, 4xx objectives and schemes,
/// 5xx recipes, 6xx what the literature advises against (warnings), 9xx our own failure.
/// </summary>
internal static partial class Catalogue
{
    /// <summary>Where the page of each diagnostic is; an editor opens it from the diagnostic's id.</summary>
    public const string PageFolder = "https://github.com/dsl-net/dsl/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor NotPartial = Error("DSL101", "The class is not partial",
        "'{0}' must be declared partial: the compiler adds its members in a second part");

    /// <summary>{0} the class, {1} what it is and what to do.</summary>
    public static readonly DiagnosticDescriptor NotOrdinary = Error("DSL102", "The class is not an ordinary one",
        "'{0}' {1}");

    public static readonly DiagnosticDescriptor LayersOnSeveralParts = Error(
        "DSL103", "Layers stand on several parts of the class",
        "All layers of '{0}' must stand on the part that carries [Model]: the order of layers on different parts is not defined");

    public static readonly DiagnosticDescriptor HasBaseClass = Error("DSL104", "The class already has a base class",
        "'{0}' derives from '{1}', but a model derives from torch.nn.Module<Tensor, Tensor>; remove the base class");

    public static readonly DiagnosticDescriptor OutOfRange = Error("DSL105", "An argument is out of range",
        "{0} of [{1}] is {2}, but must lie in {3}");

    public static readonly DiagnosticDescriptor NoLayers = Error("DSL106", "The model has no layers",
        "'{0}' has no layers: add at least one, such as [Linear(10)], below [Model]");

    public static readonly DiagnosticDescriptor NoTransformations = Error("DSL107", "The policy has no transformations",
        "'{0}' has no transformations: add at least one, such as [RandomShift(1)], below [Augmentation]");

    public static readonly DiagnosticDescriptor LessAccessible = Error("DSL108", "A trainer is more accessible than its model",
        "'{0}' is public, but '{1}' is not: a public trainer needs a public model");

    public static readonly DiagnosticDescriptor UnknownAttribute = Error("DSL110", "An attribute is misspelt",
        "There is no attribute '{0}': did you mean '{1}'?");

    /// <summary>{0} the attribute, {1} the argument, {2} what it has.</summary>
    public static readonly DiagnosticDescriptor UnknownArgument = Error("DSL111", "An attribute has no such argument",
        "[{0}] has no '{1}': {2}");

    /// <summary>{0} the attribute, {1} the class, {2} what is missing.</summary>
    public static readonly DiagnosticDescriptor NothingDeclared = Error("DSL112", "An attribute says nothing by itself",
        "[{0}] on '{1}' says nothing without {2}: add it to the class");

    /// <summary>{0} the class, {1} the oldest C# that will do, {2} the project's.</summary>
    public static readonly DiagnosticDescriptor OldLanguage = Error("DSL120", "The project's C# is too old",
        "What is generated for '{0}' needs C# {1}, but the project is compiled as C# {2}: remove <LangVersion> from it");

    public static readonly DiagnosticDescriptor PrimaryConstructor = Error("DSL121", "The class has a primary constructor",
        "'{0}' has a primary constructor, which the generated constructors would have to call: "
        + "declare its parameters as properties");

    /// <summary>{0} the trainer, {1} its model, {2} the member.</summary>
    public static readonly DiagnosticDescriptor RequiredMember = Error("DSL122", "A copied network has a required member",
        "'{0}' keeps a copy of '{1}', which it makes itself and for which it cannot set the required member '{2}': "
        + "remove required from it");

    /// <summary>{0} the class, {1} the constructor, {2} what calls a generated one.</summary>
    public static readonly DiagnosticDescriptor LooseConstructor = Error("DSL123", "A constructor calls no generated one",
        "'{0}' has a constructor that calls none of the generated ones, which make what it consists of: write '{1} : {2}'");

    public static readonly DiagnosticDescriptor NotAModel = Error("DSL201", "The trained type is not a model",
        "'{0}' is not a model: it needs a [Model(...)] attribute in this project");

    public static readonly DiagnosticDescriptor NotAnAugmentation = Error("DSL202", "The policy is not an augmentation",
        "'{0}' is not an augmentation policy: it needs an [Augmentation] attribute in this project");

    public static readonly DiagnosticDescriptor NameClash = Error("DSL203", "A name clashes with generated code",
        "'{0}' {1}");

    public static readonly DiagnosticDescriptor NotABlock = Error("DSL204", "The used type is not a block",
        "'{0}' is not a block: it needs a [Block] attribute in this project");

    public static readonly DiagnosticDescriptor RecursiveBlock = Error("DSL205", "A block is part of itself",
        "'{0}' uses itself, directly or through another block");

    public static readonly DiagnosticDescriptor MissingBlockArgument = Error("DSL206", "A block's parameter has no value",
        "'{0}' needs {1}: write [Use<{0}>({1} = ...)]");

    public static readonly DiagnosticDescriptor UnusedBlockArgument = Error("DSL207", "A block has no such parameter",
        "'{0}' does not use Arg.{1}: remove the argument");

    public static readonly DiagnosticDescriptor ArgumentOutsideBlock = Error(
        "DSL208", "A block's parameter stands outside of a block",
        "Arg.{0} has a value only inside a [Block]");

    public static readonly DiagnosticDescriptor UnknownTag = Error("DSL209", "There is no such tag",
        "No [Tag(\"{0}\")] stands above in this stack{1}");

    public static readonly DiagnosticDescriptor DuplicateTag = Error("DSL210", "A tag is given twice",
        "[Tag(\"{0}\")] stands above already: choose another name");

    public static readonly DiagnosticDescriptor ResidualOutsideBlock = Error("DSL211", "A residual stands outside of a block",
        "[Residual] adds the input of a block: move the layers into a [Block], or use [Tag] and [Add]");

    public static readonly DiagnosticDescriptor UnreadableModel = Error(
        "DSL212", "A model of a referenced assembly cannot be read",
        "'{0}' comes from an assembly that was compiled by another version of the compiler ({1}): compile both with the same "
        + "one");

    public static readonly DiagnosticDescriptor ShapesDiffer = Error(
        "DSL305", "Two values that are combined have different shapes",
        "[{0}] combines {1} from {2} with {3}{4}");

    public static readonly DiagnosticDescriptor WrongRank = Error("DSL301", "A layer gets an input of the wrong rank",
        "{0} expects an input of shape {1}, but gets {2} from {3}{4}");

    public static readonly DiagnosticDescriptor WindowTooLarge = Error("DSL302", "A window is larger than the input",
        "{0} gets {1} from {2}, and a window of {3} does not fit into {4}");

    public static readonly DiagnosticDescriptor GroupsDoNotDivide = Error("DSL303", "The groups do not divide the channels",
        "Groups = {0} must divide both the {1} channels that come in from {2} and the {3} that go out");

    public static readonly DiagnosticDescriptor PaddingTooLarge = Error("DSL304", "The padding is larger than half the window",
        "Padding = {0} must be at most half of the window's {1}");

    public static readonly DiagnosticDescriptor OutputPaddingTooLarge = Error("DSL311", "The output padding is too large",
        "OutputPadding = {0} must be smaller than {1}, the larger of stride and dilation");

    public static readonly DiagnosticDescriptor NothingLeft = Error("DSL312", "The padding cuts everything off",
        "Padding = {0} of {1} cuts off all that it makes of {2} from {3}");

    public static readonly DiagnosticDescriptor SizesDoNotFit = Error("DSL313", "The sizes do not fit the elements",
        "{0} gets {1} from {2}: {3}");

    public static readonly DiagnosticDescriptor NotAPermutation = Error("DSL314", "The dimensions are not a permutation",
        "{0} gets {1} from {2} and must name each dimension of a sample once: {3}");

    public static readonly DiagnosticDescriptor ReflectionTooLarge = Error(
        "DSL315", "The reflected part is larger than the input",
        "{0} gets {1} from {2}, and what is reflected must be smaller than each padded dimension");

    public static readonly DiagnosticDescriptor ChannelsDoNotDivide = Error("DSL316", "The number of channels is no multiple",
        "{0} gets {1} from {2}, but {3} must divide the channels");

    public static readonly DiagnosticDescriptor NoSuchDimension = Error("DSL321", "The dimension does not fit the input",
        "{0} = {1} of {2} does not fit {3} from {4}: it must be {5} (the batch stays apart)");

    public static readonly DiagnosticDescriptor GroupsDoNotDivideChannels = Error(
        "DSL322", "The groups do not divide the channels of a normalisation",
        "The {0} groups of {1} do not divide the {2} channels of {3} from {4}");

    public static readonly DiagnosticDescriptor NothingToNormalize = Error("DSL323", "A normalisation has one element",
        "{0} would normalise one element at a time of {1} from {2}, which gives the same output for every input");

    public static readonly DiagnosticDescriptor NoObjective = Error("DSL401", "The trainer has no objective",
        "'{0}' has nothing to minimise: add an objective such as [CrossEntropy] or [Distill]");

    public static readonly DiagnosticDescriptor NoLabeledObjective = Error("DSL402", "The scheme needs a labelled objective",
        "[{0}] adds a term to a labelled objective: add [CrossEntropy]");

    public static readonly DiagnosticDescriptor SeveralSchemes = Error(
        "DSL403", "Two techniques of the trainer exclude each other",
        "[{0}] and [{1}] exclude each other: {2}");

    public static readonly DiagnosticDescriptor SchemeNeeds = Error("DSL480", "The scheme needs something else",
        "[{0}] needs {1}, but {2}: {3}");

    /// <summary>{0} the scheme, {1} what it does, {2} the descent.</summary>
    public static readonly DiagnosticDescriptor ThroughAutograd = Info("DSL481", "A descent goes through autograd",
        "[{0}] {1}, which the compiler has no backward operations for: {2} goes through autograd");

    public static readonly DiagnosticDescriptor OutputIsNotLogits = Error("DSL404", "The model's output is not a batch of logits",
        "[{0}] needs logits {1}, but '{2}' returns {3}: {4}");

    public static readonly DiagnosticDescriptor AugmentNeedsImages = Error("DSL405", "The augmentation does not fit the input",
        "[{0}] moves images [N, C, H, W], but '{1}' takes {2}");

    public static readonly DiagnosticDescriptor ZeroWeights = Error("DSL406", "Every objective has weight 0",
        "'{0}' minimises nothing: all its objectives have weight 0");

    public static readonly DiagnosticDescriptor TwoTeachers = Error("DSL407", "The trainer has two teachers",
        "The trainer is given one teacher, but {0} and {1} are different ones: keep one, or let several teach as an ensemble");

    public static readonly DiagnosticDescriptor NoOptimizer = Error("DSL501", "The trainer has no optimizer",
        "'{0}' has no optimizer: add one, such as [Adam(1e-3)]");

    public static readonly DiagnosticDescriptor SeveralOptimizers = Error("DSL502", "The trainer has several optimizers",
        "[{0}] and [{1}] are both optimizers{2}: keep one");

    public static readonly DiagnosticDescriptor SeveralSchedules = Error("DSL503", "The trainer has several schedules",
        "[{0}] and [{1}] both set the learning rate: keep one");

    public static readonly DiagnosticDescriptor TwoUnits = Error("DSL504", "One duration in two units",
        "{0} and {1} say the same thing in two units: keep one");

    public static readonly DiagnosticDescriptor NesterovNeedsMomentum = Error("DSL505", "Nesterov without momentum",
        "Nesterov looks ahead along the momentum: set Momentum above 0, habitually 0.9");

    public static readonly DiagnosticDescriptor WarmupTooLong = Error("DSL506", "The warm-up is longer than the training",
        "A warm-up of {0} {2} does not fit into a run of {1} {2}");

    public static readonly DiagnosticDescriptor RampUpTooLong = Error("DSL507", "The ramp-up is longer than the training",
        "A ramp-up of {0} {2} does not fit into a run of {1} {2}");

    public static readonly DiagnosticDescriptor UnusedUnlabeledSize = Error("DSL508", "There is no unlabelled stream",
        "Unlabeled = {0} sizes a stream that no scheme of '{1}' reads: remove it or add a scheme such as [MeanTeacher]");

    public static readonly DiagnosticDescriptor ExplicitWithoutPair = Error("DSL509", "Explicit backward in an autograd project",
        "Backward.Explicit needs the Forward/Backward pair of '{0}', which DslBackward=autograd does not emit: remove the "
        + "argument or the property");

    public static readonly DiagnosticDescriptor InternalError = Error("DSL901", "The compiler failed",
        "The Dsl compiler failed on '{0}', which is our mistake: {1}");

    /// <summary>All descriptors by id.</summary>
    public static IReadOnlyDictionary<string, DiagnosticDescriptor> ById => Index.ById;

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Info(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Hidden(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Hidden);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, "Dsl", severity, isEnabledByDefault: true, helpLinkUri: PageFolder + id + ".md");

    // Built on first use: fields of the other parts of this class are initialized in no particular order.
    private static class Index
    {
        public static readonly IReadOnlyDictionary<string, DiagnosticDescriptor> ById = typeof(Catalogue)
            .GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => field.GetValue(null))
            .OfType<DiagnosticDescriptor>()
            .ToDictionary(descriptor => descriptor.Id);
    }
}
