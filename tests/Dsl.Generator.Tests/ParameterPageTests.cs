using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The pages about parameters say what the compiler does.</summary>
public class ParameterPageTests
{
    public static TheoryData<string> Ids => [.. Enumerable.Range(221, 9).Select(number => $"DSL{number}")];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_wrong_example_has_the_diagnostic_and_the_right_one_has_none(string id) => Pages.Check(id);

    [Fact]
    public void Every_example_of_the_chapter_compiles() => Pages.CheckChapter("parameters.md", 5);
}
