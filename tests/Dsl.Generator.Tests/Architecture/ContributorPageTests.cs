using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Generator.Tests.Architecture;

/// <summary>
/// The page for contributors: the files that it adds make a compiler, in memory, that compiles its trainer and trains what its
/// formula says.
/// </summary>
public partial class ContributorPageTests
{
    private const string Program = "Program.cs";

    private static readonly IReadOnlyList<(string Path, string Source)> Files =
        [.. Marked().Matches(Pages.Read("adding-a-technique.md")).Select(match => (
            match.Groups["path"].Value, Regex.Replace(match.Groups["text"].Value, "^   ", "", RegexOptions.Multiline)))];

    [Fact]
    public void The_page_has_an_attribute_a_meaning_and_a_trainer() => Assert.Equal(
        ["src/Dsl.Attributes/Objectives/PseudoHuberAttribute.cs", "src/Dsl.Generator/Objectives/PseudoHuber.cs", Program],
        Files.Select(file => file.Path));

    [Fact]
    public void Without_the_files_the_trainer_is_refused()
    {
        Declared.Driver().RunGeneratorsAndUpdateCompilation(Declared.Compile(Trainer), out var output, out var found);
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "DSL901");
        Assert.Contains(
            output.GetDiagnostics().Concat(found), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error
                && diagnostic.GetMessage(null).Contains("PseudoHuber", StringComparison.Ordinal));
    }

    [Fact]
    public void With_the_files_the_trainer_compiles_and_trains()
    {
        var added = Files.Where(file => file.Path != Program)
            .Select(file => (Path.Combine(CompilerSources.Root, file.Path), file.Source)).ToArray();
        var compiler = Load(CompilerSources.Compile(added));
        var generator = (IIncrementalGenerator)Activator.CreateInstance(
            compiler.GetType("Dsl.Generator.DslGenerator", throwOnError: true)!)!;

        var language = CompilerSources.Language(
            added.Where(file => file.Item1.Contains("Dsl.Attributes", StringComparison.Ordinal)));
        using var image = new MemoryStream();
        Assert.Empty(language.Emit(image).Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error));
        var compilation = Declared.Compile(Trainer).WithAssemblyName("Contributed").WithReferences(
        [
            .. Declared.References.Where(reference => Path.GetFileName(reference.Display) != "Dsl.Attributes.dll"),
            MetadataReference.CreateFromImage(image.ToArray()),
        ]);
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: Declared.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var found);
        Assert.Empty(found.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        var trainers = Load((CSharpCompilation)output);

        using var input = randn(4, 5);
        using var label = randn(4, 3);
        var data = new Dictionary<string, Tensor> { ["Input"] = input, ["Label"] = label };
        using LoadedTrainer first = new(trainers, "LineTrainer");
        using LoadedTrainer second = new(trainers, "LineTrainerByAutograd");
        using var prediction = ((nn.Module<Tensor, Tensor>)first.Model).forward(input);
        second.ComputeGradients(data, first.ComputeGradients(data));
        double expected = 0;
        double[] errors = [.. prediction.detach().sub(label).data<float>().Select(error => (double)error)];
        foreach (double error in errors) expected += 0.25 * (Math.Sqrt(1 + (error / 0.5 * error / 0.5)) - 1) / errors.Length;
        Assert.Equal(expected, first.Total, 1e-5);
        Assert.Equal(expected, second.Total, 1e-5);
        Assert.True(first.Arena.Gradients.sub(second.Arena.Gradients).abs().max().ToDouble() < 1e-6);
        Assert.True(first.Arena.Gradients.abs().max().ToDouble() > 1e-3);
    }

    private static string Trainer => Files.Single(file => file.Path == Program).Source;

    private static Assembly Load(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(
            emitted.Success, string.Join("\n", emitted.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;

        // A context of its own: the compiler under test is loaded already, under the same name.
        return new AssemblyLoadContext(compilation.AssemblyName).LoadFromStream(image);
    }

    [GeneratedRegex(
        "^ *```csharp\n *// (?<path>\\S+\\.cs)\n(?<text>.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Marked();
}
