using System;
using System.Linq;
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
    /// <summary>The key by which a host says that it shows what analyzers report.</summary>
    public const string FindingsKey = "dsl_findings";

    /// <summary>
    /// Whether the analyzer reports findings, in an editor, and the generator does not. The package says so to design-time builds
    /// alone, by a file of analyzer configuration.
    /// </summary>
    public bool AreFindingsAnalyzed { get; init; }

    /// <summary>The assembly of the package that models write ONNX with.</summary>
    public const string OnnxAssembly = "Dsl.Onnx";

    /// <summary>The oldest C# that generated code is written in: it passes lists as spans of parameters.</summary>
    public const LanguageVersion OldestLanguage = LanguageVersion.CSharp13;

    /// <summary>The options of a compilation, as the generator has them.</summary>
    public static CompilerOptions Read(AnalyzerConfigOptionsProvider provider, Compilation compilation) =>
        Read(provider, compilation.SyntaxTrees.FirstOrDefault()?.Options ?? CSharpParseOptions.Default) with
        {
            ExportsOnnx = HasOnnx(compilation),
        };

    public static CompilerOptions Read(AnalyzerConfigOptionsProvider provider, ParseOptions parsing) => new(
        provider.GlobalOptions.TryGetValue("build_property.DslBackward", out string? value)
        && string.Equals(value, "autograd", StringComparison.OrdinalIgnoreCase) ? Backward.Autograd : Backward.Explicit,
        ((CSharpParseOptions)parsing).LanguageVersion)
    {
        AreFindingsAnalyzed = provider.GlobalOptions.TryGetValue(FindingsKey, out string? reporter)
            && string.Equals(reporter, "analyzers", StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>Whether a project has the package that models write ONNX with.</summary>
    public static bool HasOnnx(Compilation compilation) =>
        compilation.ReferencedAssemblyNames.Any(assembly => assembly.Name == OnnxAssembly);
}
