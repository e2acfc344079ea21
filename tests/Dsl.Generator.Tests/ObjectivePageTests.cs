using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The pages about objectives say what the compiler does.</summary>
public class ObjectivePageTests
{
    public static TheoryData<string> Ids =>
        [.. Enumerable.Range(413, 8).Concat(Enumerable.Range(601, 8)).Select(number => $"DSL{number}")];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_wrong_example_has_the_diagnostic_and_the_right_one_has_none(string id) => Pages.Check(id);

    [Fact]
    public void Every_example_of_the_chapter_compiles() => Pages.CheckChapter("objectives.md", 3);

    [Fact]
    public void Every_objective_has_a_row()
    {
        string chapter = Pages.Read("objectives.md");
        var objectives = typeof(ObjectiveAttribute).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ObjectiveAttribute)) && !type.IsAbstract);
        Assert.All(objectives, type => Assert.Contains($"| `{type.Name[..^"Attribute".Length]}` |", chapter, StringComparison.Ordinal));
    }
}
