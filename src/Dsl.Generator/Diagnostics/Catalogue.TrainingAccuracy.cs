using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Accuracy during training.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor NothingToCount = Error("DSL450", "There are no classes to predict rightly",
        "[{0}] counts the samples whose class is predicted rightly, but this trainer's labels {1}: remove it, or evaluate on "
        + "labelled data");
}
