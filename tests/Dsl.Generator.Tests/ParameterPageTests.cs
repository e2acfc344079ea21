using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The pages about parameters say what the compiler does.</summary>
public class ParameterPageTests
{
    public static TheoryData<string> Ids => [.. Enumerable.Range(221, 9).Select(number => $"DSL{number}")];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_wrong_example_has_the_diagnostic_and_the_right_one_has_none(string id)
    {
        string[] examples = Examples($"diagnostics/{id}.md");
        Assert.Equal(2, examples.Length);
        Assert.Equal([id], Reported(examples[0]).Distinct());
        Assert.Empty(Reported(examples[1]));
        Verify.Compiles($"using Dsl;\n{examples[1]}");
    }

    [Fact]
    public void Every_example_of_the_chapter_compiles()
    {
        string[] examples = Examples("parameters.md");
        Assert.Equal(5, examples.Length);
        foreach (string example in examples)
        {
            Assert.Empty(Reported(example));
            Verify.Compiles($"using Dsl;\n{example}");
        }
    }

    private static string[] Reported(string example) =>
        [.. Declared.Driver().RunGenerators(Declared.Compile($"using Dsl;\n{example}")).GetRunResult().Diagnostics.Select(diagnostic => diagnostic.Id)];

    private static string[] Examples(string page, [CallerFilePath] string file = "") =>
    [
        .. Regex.Matches(File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "docs", page)), "```csharp\n(.*?)```", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value),
    ];
}
