using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The pages about augmentation say what the compiler does.</summary>
public class AugmentationPageTests
{
    [Theory]
    [InlineData("DSL421")]
    [InlineData("DSL422")]
    [InlineData("DSL423")]
    [InlineData("DSL424")]
    [InlineData("DSL425")]
    [InlineData("DSL426")]
    [InlineData("DSL427")]
    [InlineData("DSL428")]
    [InlineData("DSL429")]
    public void The_wrong_example_has_the_diagnostic_and_the_right_one_has_none(string id)
    {
        string[] examples = Examples($"diagnostics/{id}.md");
        Assert.Equal(2, examples.Length);
        Assert.Equal([id], Declared.Driver().RunGenerators(Declared.Compile(examples[0])).GetRunResult().Diagnostics.Select(found => found.Id));
        Verify.Compiles(examples[1]);
    }

    [Fact]
    public void The_example_of_the_chapter_compiles() => Verify.Compiles(Assert.Single(Examples("augmentation.md")));

    private static string[] Examples(string page, [CallerFilePath] string file = "") =>
    [
        .. Regex.Matches(File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "docs", page)), "```csharp\n(.*?)```", RegexOptions.Singleline)
            .Select(match => "using Dsl;\n" + match.Groups[1].Value),
    ];
}
