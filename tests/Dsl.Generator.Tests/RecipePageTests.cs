using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The pages about recipes say what the compiler does.</summary>
public class RecipePageTests
{
    public static TheoryData<string> Ids => [.. Enumerable.Range(510, 10).Select(number => $"DSL{number}")];

    [Theory, MemberData(nameof(Ids))]
    public void The_wrong_example_has_the_diagnostic_and_the_right_one_has_none(string id)
    {
        string[] examples = Examples($"diagnostics/{id}.md");
        Assert.Equal(2, examples.Length);
        Assert.Equal([id], Declared.Driver().RunGenerators(Declared.Compile(examples[0])).GetRunResult().Diagnostics.Select(found => found.Id));
        Verify.Compiles(examples[1]);
    }

    [Fact]
    public void The_example_of_the_chapter_compiles() => Verify.Compiles(Assert.Single(Examples("optimizers-and-schedules.md")));

    private static string[] Examples(string page, [CallerFilePath] string file = "") =>
    [
        .. Regex.Matches(File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "docs", page)), "```csharp\n(.*?)```", RegexOptions.Singleline)
            .Select(match => "using Dsl;\n" + match.Groups[1].Value),
    ];
}
