using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What is generated for models that are written as methods.</summary>
public class MethodCodeTests
{
    [Fact]
    public Task Method_model() => Verify.Snapshot(MethodSamples.TwoPath);

    [Fact]
    public Task Method_model_outside_of_the_subset() => Verify.Snapshot(
        MethodSamples.Opaque.Replace("i < Times", "i < {|DSL231:Times|}", StringComparison.Ordinal));

    [Theory]
    [InlineData("explicit")]
    [InlineData("autograd")]
    public Task Method_models_compile_in_both_targets(string target) =>
        Verify.Compiles(MethodSamples.TwoPath, ("build_property.DslBackward", target));
}
