using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

internal static partial class Catalogue
{
    /// <summary>{0} the scheme, {1} what the declaration says instead.</summary>
    public static readonly DiagnosticDescriptor NoPasses = Error("DSL473", "A run in an environment is not counted in steps",
        "[{0}] learns of what it lives through, which has no passes, and {1}: write [Steps(50_000)]");

    /// <summary>{0} the scheme, {1} and {2} the first and the last probability.</summary>
    public static readonly DiagnosticDescriptor ExplorationGrows = Error("DSL474", "Exploration grows",
        "[{0}] explores with probability {1} at first and {2} in the end: explore less and less: Explore is at least Until");

    /// <summary>{0} the output, {1} the model, {2} the input.</summary>
    public static readonly DiagnosticDescriptor NothingRemembered = Error("DSL485", "Nothing is remembered",
        "Output '{0}' of '{1}' does not depend on \"{2}\", so that nothing is remembered for longer than a step: write "
        + "[GruCell(\"{2}\")] in front of it");
}
