using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

internal static partial class Catalogue
{
    /// <summary>{0} the part of the recipe, {1} the stages, {2} what is missing.</summary>
    public static readonly DiagnosticDescriptor StagesMissing = Error("DSL544", "A stage of growth is missing",
        "[{0}] fades {1} in by [FadeIn(\"tag\", stage)] layers, and {2}: give each network that grows a layer of every stage, "
        + "counted from 1");

    /// <summary>{0} the network, {1} the trainer.</summary>
    public static readonly DiagnosticDescriptor NeverFaded = Error("DSL545", "Nothing says when a stage fades in",
        "'{0}' has [FadeIn] layers, and nothing of '{1}' moves their shares, so that what they fade over is not trained: write "
        + "[ProgressiveGrowing(hold, fade)]");

    /// <summary>{0} the part of the recipe, {1} the last stage, {2} the steps after which it is complete, {3} those of the
    /// run.</summary>
    public static readonly DiagnosticDescriptor NeverGrown = Error("DSL546", "The run ends before its networks have grown",
        "By [{0}] stage {1} is complete after {2} steps, and the run has {3}: write more Steps, or shorter stages");

    /// <summary>{0} the part of the recipe, {1} how often, {2} the network, {3} what it takes, {4} the least size.</summary>
    public static readonly DiagnosticDescriptor DoesNotHalve = Error("DSL547", "Samples cannot be seen in a lower resolution",
        "[{0}] halves images {1} times, and '{2}' takes {3}: take images [N, C, H, W] whose heights and widths are multiples "
        + "of {4}");
}
