using System;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Dsl.Generator.Declarations;

/// <summary>What the project says about the generated code.</summary>
/// <param name="Backward">The <c>DslBackward</c> property: explicit or autograd.</param>
internal sealed record CompilerOptions(Backward Backward)
{
    public static CompilerOptions Read(AnalyzerConfigOptionsProvider provider) => new(
        provider.GlobalOptions.TryGetValue("build_property.DslBackward", out string? value)
        && string.Equals(value, "autograd", StringComparison.OrdinalIgnoreCase) ? Backward.Autograd : Backward.Explicit);
}
