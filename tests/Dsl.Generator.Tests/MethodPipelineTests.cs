using Microsoft.CodeAnalysis;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Bodies of methods in an editor: only what they say re-runs anything, and whatever is typed does not crash.</summary>
public class MethodPipelineTests
{
    [Fact]
    public void Unrelated_edits_rerun_nothing() => Verify.Cacheable(
        MethodSamples.Header + Samples.Cnn + Samples.Mlp + Samples.Residual + Samples.Trainers + Samples.Tables + Samples.Images
        + MethodSamples.TwoPathModel + MethodSamples.OpaqueModel + """
        [Trainer<TwoPath>, CrossEntropy, Adam, Steps(1)] public partial class TwoPathTrainer;
        [Trainer<Repeated>, CrossEntropy, Adam, Steps(1)] public partial class RepeatedTrainer;
        """);

    [Theory]
    [InlineData("var a = Conv1(x);", "var  a =   Conv1( x ) ;  // the stem\n")]
    [InlineData("return Head(a);", "\n\n        return Head(a);")]
    [InlineData(
        "if (UseSigmoid) a = torch.sigmoid(a);", "if (UseSigmoid)\n        {\n            a = torch.sigmoid(a);\n        }\n")]
    [InlineData("public Tensor Forward", "// A comment.\n    private int _other;\n\n    public Tensor Forward")]
    public void Blanks_and_comments_and_other_members_rerun_nothing(string before, string after) =>
        Assert.True(IsUnchanged(before, after));

    [Theory]
    [InlineData("0.5 * Wide", "0.25 * Wide")]
    [InlineData("i < 2", "i < 3")]
    [InlineData("UseSigmoid = true", "UseSigmoid = false")]
    [InlineData("torch.sigmoid(a)", "torch.tanh(a)")]
    public void A_change_of_the_body_does(string before, string after) => Assert.False(IsUnchanged(before, after));

    [Fact]
    public void Diagnostics_move_with_the_text()
    {
        string source = MethodSamples.TwoPath.Replace("Wide(a).relu()", "Wide(a).flatten(1)", StringComparison.Ordinal);
        var driver = Declared.Driver().RunGenerators(Declared.Compile(source));
        int start = Assert.Single(driver.GetRunResult().Diagnostics).Location.SourceSpan.Start;
        string moved = source.Replace("var a = Conv1(x);", "\n// moved\nvar a = Conv1(x);", StringComparison.Ordinal);
        driver = driver.RunGenerators(Declared.Compile(moved));
        Assert.Equal(start + "\n// moved\n".Length, Assert.Single(driver.GetRunResult().Diagnostics).Location.SourceSpan.Start);
    }

    [Fact]
    public void Mutated_bodies_never_crash_the_compiler()
    {
        const int mutants = 400;
        var random = new Random(20241121);
        string[] sources = [MethodSamples.TwoPath, MethodSamples.Opaque];
        string[] pieces =
        [
            "x", "a", "i", "0", "1", "-1", "2", "0.5", "1e300", "(", ")", "+", "-", "*", "/", "%", "<", "==", "&&", ";", ",",
            "{", "}", "return", "null", "default", "true",
            "Conv1(x)", "Wide(a)", "Head(a)", "Step(x)", "x.reshape(-1, 3)", "x.view(x.size(0), -1)", "x.shape[0]",
            "x.permute(0, 2, 1)", "torch.cat(new[] { a, x }, 1)",
            ".softmax(1)", ".relu()", ".sum(1)", ".mean(new long[] { -1 }, true)", ".unsqueeze(9)", ".squeeze(1)",
            ".flatten(1)", ".transpose(1, -1)", "int.MaxValue + 1L",
            "for (;;) a = a + a;", "if (i == 1) break;", "continue;", "(a, x)", "[a, x]", "a += x;", "i++;", "var b = a;",
            "const int k = 4;", "x.size(7)", "x / 0", "1 % 0", "~x",
        ];
        int files = 0, findings = 0;
        for (int i = 0; i < mutants; i++)
        {
            string source = sources[random.Next(sources.Length)];
            int body = source.IndexOf("public Tensor Forward", StringComparison.Ordinal);
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                int place = random.Next(body, source.Length), removed = Math.Min(random.Next(0, 12), source.Length - place);
                source = source[..place] + (random.Next(4) == 0 ? "" : pieces[random.Next(pieces.Length)])
                    + source[(place + (random.Next(2) * removed))..];
            }

            var result = Declared.Driver().RunGenerators(Declared.Compile(source)).GetRunResult();
            Assert.True(result.Results[0].Exception is null, $"{result.Results[0].Exception}\n{source}");
            Assert.True(result.Diagnostics.All(diagnostic => diagnostic.Id != "DSL901"),
                $"{string.Join("\n", result.Diagnostics)}\n{source}");
            if (result.Diagnostics.All(diagnostic => diagnostic.Severity < DiagnosticSeverity.Error)) files++;
            findings += result.Diagnostics.Length;
        }

        // Some mutants must be sound and some not, or the test says nothing about one of them.
        Assert.InRange(files, 1, mutants - 1);
        Assert.True(findings > 0, "no mutant was reported");
    }

    private static bool IsUnchanged(string before, string after)
    {
        Assert.Contains(before, MethodSamples.TwoPath, StringComparison.Ordinal);
        var compilation = Declared.Compile(MethodSamples.TwoPath);
        var driver = Declared.Driver().RunGenerators(compilation);
        var edited = compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[0],
            Declared.Tree(MethodSamples.TwoPath.Replace(before, after, StringComparison.Ordinal), "/0/File0.cs"));
        driver = driver.RunGenerators(edited);
        var steps = driver.GetRunResult().Results[0].TrackedSteps;
        return new[] { "Models", "CompiledModels" }.SelectMany(step => steps[step]).SelectMany(run => run.Outputs)
            .All(output => output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged);
    }
}
