using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What the pages about attention and embeddings show is what the compiler does.</summary>
public class AttentionPageTests
{
    [Theory]
    [InlineData("DSL331")]
    [InlineData("DSL332")]
    [InlineData("DSL333")]
    [InlineData("DSL334")]
    [InlineData("DSL335")]
    [InlineData("DSL336")]
    [InlineData("DSL337")]
    [InlineData("DSL338")]
    public void Of_a_diagnostic_s_two_examples_the_first_alone_has_it(string id)
    {
        var examples = Pages.Examples($"diagnostics/{id}.md");
        Assert.Equal(2, examples.Count);
        var found = Declared.Driver().RunGenerators(Declared.Compile(examples[0])).GetRunResult().Diagnostics;
        Assert.Equal(id, Assert.Single(found).Id);
        Verify.Compiles(examples[1]);
    }

    [Theory]
    [InlineData("explicit")]
    [InlineData("autograd")]
    public void The_chapter_s_examples_compile(string backward)
    {
        var examples = Pages.Examples("attention-and-embeddings.md");
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Verify.Compiles(example, ("build_property.DslBackward", backward)));
    }
}
