using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The generated files: reviewed like code, warning-free, one way to gradients in each target.</summary>
public class EmittedCodeTests
{
    [Fact]
    public Task Generated_files() => Verify.Snapshot(Samples.All);

    [Fact]
    public Task Everything_compiles_without_warnings() => Verify.Compiles(Samples.All);

    [Fact]
    public Task Everything_compiles_in_an_autograd_project() =>
        Verify.Compiles(Samples.All, ("build_property.DslBackward", "autograd"));

    [Fact]
    public Task Internal_classes_and_the_global_namespace_compile() => Verify.Compiles("""
        using Dsl;
        [Model(4), Linear(2)] partial class Net;
        [Trainer<Net>, CrossEntropy, Adam, Cosine] partial class NetTrainer;
        """);

    // A tag is any text, and stands in documentation, which is XML.
    [Theory]
    [InlineData(@"\0")]
    [InlineData(@"\ud800")]
    [InlineData(@"\udc00\ud800")]
    [InlineData(@"\U0001f600\uffff")]
    public Task A_tag_with_characters_that_no_XML_holds_compiles(string tag) => Verify.Compiles($$"""
        using Dsl;
        [Model(1, 28, 28), Conv2d(8, 3), ReLU, Tag("{{tag}}"), Flatten, Linear(10)] public partial class Net;
        """);

    [Fact]
    public void Explicit_step_records_nothing()
    {
        var files = Declared.Generate(Samples.All);
        string step = files["Demo.DistillTrainer.Trainer.g.cs"];
        Assert.DoesNotContain(".backward(", step);
        Assert.DoesNotContain("requires_grad", step);
        Assert.Contains("using var noGrad = Aten.no_grad();", step);
    }

    [Fact]
    public void Autograd_target_knows_no_derivative()
    {
        var files = Declared.Generate(Samples.All, ("build_property.DslBackward", "autograd"));
        Assert.All(files, file => Assert.DoesNotContain("_backward(", file.Value));
        Assert.Contains(".backward()", files["Demo.DistillTrainer.Trainer.g.cs"]);
    }

    [Fact]
    public void Constant_learning_rate_brings_no_schedule_and_no_clipping()
    {
        string trainer = Declared.Generate(Samples.All)["Demo.Supervised.Trainer.g.cs"];
        Assert.DoesNotContain("warmup", trainer);
        Assert.DoesNotContain("ClipGradient", trainer);
        Assert.DoesNotContain("CrossEntropyWeight", trainer);
    }
}
