using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The chapter about objectives leaves none out.</summary>
public class ObjectivePageTests
{
    [Fact]
    public void Every_objective_has_a_row()
    {
        string chapter = Pages.Read("objectives.md");
        var objectives = typeof(TermAttribute).Assembly.GetTypes().Where(type =>
            type.IsSubclassOf(typeof(TermAttribute)) && !type.IsAbstract && !type.IsGenericTypeDefinition);
        Assert.All(objectives,
            type => Assert.Contains($"| `{type.Name[..^"Attribute".Length]}` |", chapter, StringComparison.Ordinal));
    }
}
