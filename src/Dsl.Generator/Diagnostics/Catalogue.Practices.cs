using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Warnings of what the literature advises against in a model by itself.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor RedundantBias = Warning("DSL609", "A bias is cancelled by a normalisation",
        "{0} adds a bias to every channel, and {1} subtracts the mean of every channel: write Bias = false");

    public static readonly DiagnosticDescriptor DropoutBeforeBatchNorm = Warning("DSL610", "Dropout before a batch normalisation",
        "{0} changes the variance of what {1} sees in training and not in evaluation: put it behind the last batch "
        + "normalisation");

    public static readonly DiagnosticDescriptor LinearAfterLinear = Warning("DSL611", "Two linear layers are one",
        "{0} and {1} together are one linear map from {2} to {3} features: put an activation between them, or remove the first");

    public static readonly DiagnosticDescriptor AttentionWithoutPositions = Warning("DSL612", "Attention without positions",
        "{0} sees {1} tokens as a set, in no order: put a [PositionalEmbedding] or [SinusoidalEncoding] before it");

    public static readonly DiagnosticDescriptor BoundedLogits = Warning("DSL613", "Logits are bounded",
        "[{0}] reads logits, but '{1}' ends with {2}: of {3} classes none can get a probability above {4}; remove the last "
        + "activation");

    public static readonly DiagnosticDescriptor SmoothedTeacher = Warning("DSL614", "The teacher was trained on smoothed labels",
        "'{1}' trains the teacher '{0}' on smoothed labels, which erases how classes resemble each other, what a teacher has "
        + "to tell: train it without LabelSmoothing");

    public static readonly DiagnosticDescriptor LinearOnImage = Warning("DSL616", "A linear layer on an image",
        "{0} gets {1} from {2}: it would map the last dimension, the width, of each row of each channel by itself; "
        + "put [Flatten] or [GlobalAvgPool2d] before it");

    public static readonly DiagnosticDescriptor BatchTellsSamples = Info(
        "DSL615", "Statistics of the batch tell samples apart",
        "[{0}] has the network tell samples apart, and {1} of '{2}' normalises by the batch, whose statistics say which "
        + "samples are in "
        + "it: prefer [GroupNorm] or [LayerNorm] on a single device");

    /// <summary>{0} the scheme, {1} ᾱ of the last level, {2} the levels, {3} what to do.</summary>
    public static readonly DiagnosticDescriptor NoiseTooWeak = Warning("DSL641", "The last noise level still shows the sample",
        "[{0}] adds noise of which level {2} keeps the share {1} of a sample's variance, 0.01 or more, and sampling begins with "
        + "noise alone: {3}");

    public static readonly DiagnosticDescriptor FewOfAClass = Info("DSL617", "A batch may hold no two samples of a class",
        "[{0}] compares samples of a class within a batch, but the {1} samples of a batch are drawn from all alike: "
        + "with many classes few are of the same one; write [SamplesPerClass(4)]");
}
