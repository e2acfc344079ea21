using Dsl.Runtime.Tests.Operators;
using Xunit;

namespace Dsl.Tests.Samples;

/// <summary>Generated code hands TorchSharp no number that a collection may free while libtorch reads it.</summary>
public sealed class GeneratedNumberTests(LooseNumbers numbers) : IClassFixture<LooseNumbers>
{
    [Theory]
    [InlineData("Dsl.Tests")]
    [InlineData("Digits")]
    [InlineData("Recipes")]
    [InlineData("Zoo")]
    public void Generated_code_keeps_its_numbers(string assembly)
    {
        var found = numbers.In(assembly).Where(number => number.File.EndsWith(".g.cs", StringComparison.Ordinal)).ToArray();
        if (found.Length > 0) Assert.Fail(string.Join(Environment.NewLine, found.AsEnumerable()));
    }
}
