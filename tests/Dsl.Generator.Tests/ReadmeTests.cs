using System.Runtime.CompilerServices;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The example that a newcomer copies compiles.</summary>
public class ReadmeTests
{
    [Fact]
    public async Task Example_compiles_without_warnings()
    {
        string readme = File.ReadAllText(Path.Combine(Root(), "README.md"));
        int start = readme.IndexOf("```csharp", StringComparison.Ordinal) + "```csharp".Length;
        string example = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];

        // As the SDK's implicit usings do.
        await Verify.Compiles("global using System;\n" + example);
    }

    [Fact]
    public void Examples_of_models_as_methods_compile()
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "models-as-methods.md"));
        string[] examples =
            [.. page.Split("```csharp").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)])];
        Assert.Equal(3, examples.Length);
        foreach (string example in examples)
        {
            string imports = example.Contains("using Dsl;", StringComparison.Ordinal) ? ""
                : "using Dsl;\nusing TorchSharp;\nusing static TorchSharp.torch;\n";
            Declared.Driver().RunGeneratorsAndUpdateCompilation(
                Declared.Compile("global using System;\n" + imports + example), out var output, out var reported);
            Assert.All(reported, diagnostic => Assert.Equal("DSL231", diagnostic.Id));
            Assert.Equal(example.Contains("Repeated", StringComparison.Ordinal) ? 1 : 0, reported.Length);
            Assert.DoesNotContain(
                output.GetDiagnostics(), diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        }
    }

    private static string Root([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "..");
}
