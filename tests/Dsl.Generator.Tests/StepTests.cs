using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What each step of the pipeline does after an edit: an editor runs it at every key.</summary>
public class StepTests
{
    private const string Header = "using Dsl;\nnamespace Demo;\n";

    private static readonly string[] Files =
    [
        Header + Samples.Cnn,
        Header + "[Model(8), Use<Half>, Linear(3)] public partial class Halved;\n",
        Header + "[Block, Linear(4), ReLU] public partial class Half;\n",
        Header + "[Trainer<Cnn>, CrossEntropy, Adam, Augment<Noisy>, Steps(1)] public partial class CnnTrainer;\n",
        Header + "[Trainer<Halved>, CrossEntropy, Adam, Steps(1)] public partial class HalvedTrainer;\n",
        Header + "[Augmentation, GaussianNoise(0.1)] public partial class Noisy;\n",
        "class Unrelated\n{\n    int X() { return 1; }\n}\n",
        "class Sizes { public const int Hidden = 5; }\n",
        Header + "[Table] public partial record Row(float A, [Standardize] float B, [Label] Kind Kind);\n",
        Header + "public enum Kind { Red, Blue }\n",
        Header + "[Model<Row>, Linear] public partial class RowNet;\n",
        Header + "[ImageFolder(3, 8, 8)] public partial record Picture([Label(\"a\", \"b\")] string Name);\n",
        Header + "[Model<Picture>, Flatten, Linear] public partial class PictureNet;\n",
    ];

    public static TheoryData<string> Steps => [.. DslGenerator.Steps];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Every_step_has_values_that_edits_elsewhere_do_not_change(string step)
    {
        Assert.NotEmpty(Reasons(6, "return 1;", "return 2;")[step]);
        Assert.All(Reasons(6, "return 1;", "return 2;")[step], AssertUnchanged);
        Assert.All(Reasons(6, "int X()", "int Y()")[step], AssertUnchanged);
        Assert.All(Reasons(7, "5", "6")[step], AssertUnchanged);
        Assert.All(Reasons(0, "[Model", "// A comment.\n\n[Model")[step], AssertUnchanged);
        Assert.All(Reasons(3, "[Trainer", "// A comment.\n\n[Trainer")[step], AssertUnchanged);
    }

    [Fact]
    public void No_step_is_without_a_test()
    {
        // What Roslyn tracks of its own has no name of ours.
        string[] roslyn = ["Compilation", "ParseOptions", "AnalyzerConfigOptions", "MetadataReferences", "AdditionalTexts",
            "SourceOutput", "ImplementationSourceOutput"];
        var (_, driver) = Run();
        Assert.Equal(DslGenerator.Steps.Order(StringComparer.Ordinal),
            driver.GetRunResult().Results[0].TrackedSteps.Keys.Except(roslyn).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0, "Conv2d(16", "Conv2d(8", "Demo.Cnn", "Demo.CnnTrainer")]
    [InlineData(2, "Linear(4)", "Linear(6)", "Demo.Half", "Demo.Halved", "Demo.HalvedTrainer")]
    [InlineData(3, "Adam", "AdamW", "Demo.CnnTrainer")]
    [InlineData(5, "0.1", "0.2", "Demo.CnnTrainer", "Demo.Noisy")]
    [InlineData(8, "float A", "float A, float C", "Demo.Row", "Demo.RowNet")]
    [InlineData(9, "Blue", "Blue, Green", "Demo.Row", "Demo.RowNet")]
    [InlineData(11, "3, 8", "1, 8", "Demo.Picture", "Demo.PictureNet")]
    public void An_edit_recompiles_what_it_concerns(int file, string before, string after, params string[] expected)
    {
        var (compilation, driver) = Run();
        driver = driver.RunGenerators(Edited(compilation, file, before, after));
        var steps = driver.GetRunResult().Results[0].TrackedSteps;
        var compiled = DslGenerator.Steps.Where(step => step.StartsWith("Compiled", StringComparison.Ordinal))
            .SelectMany(step => steps[step]).SelectMany(run =>
            run.Inputs.All(input => input.Source.Outputs[input.OutputIndex].Reason is
                IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)
                ? [] : run.Outputs.Select(output => ((Compiled)output.Value).FullName));
        Assert.Equal(expected, compiled.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_file_elsewhere_says_is_read_again_when_it_matters()
    {
        string[] files =
        [
            "using Dsl;\n[Model(4), Linear(Sizes.Hidden), ReLU] public partial class Net;\n",
            "static class Sizes { public const int Hidden = 5; static int Other() { return 1; } }\n",
        ];
        var compilation = Declared.Compile(files);
        var driver = Declared.Driver().RunGenerators(compilation);
        Assert.Contains("Linear(5)", Text(driver), StringComparison.Ordinal);
        foreach (var (before, after, size) in new[] { ("return 1", "return 2", 5), ("Hidden = 5", "Hidden = 7", 7),
            ("return 2", "return 3", 7), ("= 7", "= 3 * 3", 9) })
        {
            compilation = Edited(compilation, 1, before, after);
            driver = driver.RunGenerators(compilation);
            Assert.Contains($"Linear({size})", Text(driver), StringComparison.Ordinal);
        }

        // A name that an alias gives, which appears and goes.
        compilation = compilation.AddSyntaxTrees(Declared.Tree("global using Net2 = Dsl.ModelAttribute;\n", "/0/Alias.cs"),
            Declared.Tree("using Dsl;\n[Net2(4), Linear(2)] public partial class Aliased;\n", "/0/Aliased.cs"));
        driver = driver.RunGenerators(compilation);
        Assert.Equal(2, Declared.Files(driver.GetRunResult()).Count);
        compilation = compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[2]);
        driver = driver.RunGenerators(compilation);
        Assert.Single(Declared.Files(driver.GetRunResult()));

        static string Text(GeneratorDriver driver) => Assert.Single(Declared.Files(driver.GetRunResult())).ToString();
    }

    [Fact]
    public void Memory_stays_flat_over_two_hundred_edits()
    {
        var compilation = Declared.Compile(Files);
        var driver = Declared.Driver(tracks: false).RunGenerators(compilation);
        long before = 0;
        for (int edit = 0; edit < 220; edit++)
        {
            if (edit == 20) before = GC.GetTotalMemory(forceFullCollection: true);
            compilation = Edited(
                compilation, 0, edit % 2 == 0 ? "Conv2d(16" : "Conv2d(8", edit % 2 == 0 ? "Conv2d(8" : "Conv2d(16");
            driver = driver.RunGenerators(compilation);
        }

        // Other tests run at the same time: 200 compilations would be far above.
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(driver);
        Assert.True(held < 100_000_000, $"{held:N0} bytes");
    }

    private static (CSharpCompilation Compilation, GeneratorDriver Driver) Run()
    {
        var compilation = Declared.Compile(Files);
        var driver = Declared.Driver().RunGenerators(compilation);
        Assert.Empty(driver.GetRunResult().Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return (compilation, driver);
    }

    private static ILookup<string, IncrementalStepRunReason> Reasons(int file, string before, string after)
    {
        var (compilation, driver) = Run();
        driver = driver.RunGenerators(Edited(compilation, file, before, after));
        return driver.GetRunResult().Results[0].TrackedSteps.SelectMany(
            step => step.Value.SelectMany(run => run.Outputs).Select(output => (step.Key, output.Reason)))
            .ToLookup(pair => pair.Key, pair => pair.Reason);
    }

    private static CSharpCompilation Edited(CSharpCompilation compilation, int file, string before, string after)
    {
        var tree = compilation.SyntaxTrees[file];
        string text = tree.ToString();
        Assert.Contains(before, text, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(
            tree, Declared.Tree(text.Replace(before, after, StringComparison.Ordinal), tree.FilePath));
    }

    private static void AssertUnchanged(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{reason}");
}
