using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Which compilers and which C# the generator works with.</summary>
public class LanguageVersionTests
{
    private const string Source = """
        using Dsl;
        [Model(4), Linear(3)] public partial class Net { }
        [Trainer<Net>, CrossEntropy, Adam(1e-3), Epochs(2)] public partial class NetTrainer { }
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp11, "11.0")]
    [InlineData(LanguageVersion.CSharp12, "12.0")]
    public void An_older_language_is_refused_in_words_and_nothing_else_is_wrong(LanguageVersion version, string shown)
    {
        var (result, compilation) = Run(version);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        Assert.Equal(
            new[] { "Net", "NetTrainer" }.Select(name =>
                $"What is generated for '{name}' needs C# 13.0, but the project is compiled as C# {shown}: "
                + "remove <LangVersion> from it"),
            result.Diagnostics.Where(diagnostic => diagnostic.Id == "DSL120").Select(diagnostic => diagnostic.GetMessage())
                .Order());
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Latest)]
    [InlineData(LanguageVersion.Preview)]
    public void A_newer_language_compiles(LanguageVersion version)
    {
        var (result, compilation) = Run(version);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }

    [Fact]
    public void The_generator_asks_for_no_newer_compiler_than_the_docs_say() => Assert.All(
        typeof(DslGenerator).Assembly.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)),
        name => Assert.Equal(new Version(4, 14, 0, 0), name.Version));

    private static (GeneratorDriverRunResult Result, Compilation Compilation) Run(LanguageVersion version)
    {
        var options = Declared.ParseOptions.WithLanguageVersion(version);
        var compilation = Declared.Compile(Source);
        compilation = compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees.Single(),
            CSharpSyntaxTree.ParseText(Source, options, "/0/File0.cs", System.Text.Encoding.UTF8));
        var driver = CSharpGeneratorDriver.Create([new DslGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var updated, out _);
        return (driver.GetRunResult(), updated);
    }
}
