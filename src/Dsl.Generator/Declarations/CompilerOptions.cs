using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Dsl.Generator.Declarations;

/// <summary>What the project says about the generated code.</summary>
/// <param name="Backward">The <c>DslBackward</c> property: explicit or autograd.</param>
/// <param name="Language">The C# that the project is compiled as.</param>
/// <param name="ExportsOnnx">Whether the project has the package that models write ONNX with.</param>
/// <param name="TellsGradients">Whether a backward pass says which gradients are complete.</param>
internal sealed record CompilerOptions(
    Backward Backward, LanguageVersion Language = CompilerOptions.OldestLanguage, bool ExportsOnnx = false,
    bool TellsGradients = false)
{
    /// <summary>The assembly of the package that models write ONNX with.</summary>
    public const string OnnxAssembly = "Dsl.Onnx";

    /// <summary>The oldest C# that generated code is written in: it passes lists as spans of parameters.</summary>
    public const LanguageVersion OldestLanguage = LanguageVersion.CSharp13;

    public static CompilerOptions Read(AnalyzerConfigOptionsProvider provider, ParseOptions parsing) => new(
        provider.GlobalOptions.TryGetValue("build_property.DslBackward", out string? value)
        && string.Equals(value, "autograd", StringComparison.OrdinalIgnoreCase) ? Backward.Autograd : Backward.Explicit,
        ((CSharpParseOptions)parsing).LanguageVersion);
}
