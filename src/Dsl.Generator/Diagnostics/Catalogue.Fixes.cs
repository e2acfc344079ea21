using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>What an editor offers: DSL109 to DSL119.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor FixAvailable = Hidden("DSL109", "A fix is available",
        "{0} can be put right: {1}");
}
