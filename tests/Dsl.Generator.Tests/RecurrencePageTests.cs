using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The pages about recurrent layers say what the compiler does.</summary>
public class RecurrencePageTests
{
    [Theory]
    [InlineData("DSL341")]
    [InlineData("DSL342")]
    public void The_wrong_example_has_the_diagnostic_and_the_right_one_has_none(string id)
    {
        string[] examples = Examples($"diagnostics/{id}.md");
        Assert.Equal(2, examples.Length);
        Assert.Equal([id], Declared.Driver().RunGenerators(Declared.Compile(examples[0])).GetRunResult().Diagnostics.Select(found => found.Id));
        Verify.Compiles(examples[1]);
    }

    [Fact]
    public void The_example_of_the_chapter_compiles() => Verify.Compiles(Assert.Single(Examples("recurrent-layers.md")));

    private static string[] Examples(string page, [CallerFilePath] string file = "") =>
    [
        .. Regex.Matches(File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "docs", page)), "```csharp\n(.*?)```", RegexOptions.Singleline)
            .Select(match => "using Dsl;\n" + match.Groups[1].Value),
    ];
}
