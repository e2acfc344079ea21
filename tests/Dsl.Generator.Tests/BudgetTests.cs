using Dsl.Generator.Checking;
using Dsl.Generator.Notation;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What a model may cost.</summary>
public class BudgetTests
{
    // 4 → 8 → 2: 40 + 18 parameters, 64 + 32 operations of the products, and what the table says is saved.
    private const string Layers = "Linear(8), ReLU, Linear(2)";

    [Theory]
    [InlineData("Parameters = \"58\"")]
    [InlineData("Parameters = \"0.058k\", Flops = \"1M\", ActivationBytes = \"1 KiB\"")]
    [InlineData("{|DSL351:Parameters = \"57\"|}")]
    [InlineData("Parameters = \"1T\", {|DSL351:Flops = \"40\"|}")]
    [InlineData("{|DSL351:ActivationBytes = \"4 B\"|}")]
    [InlineData("{|DSL352:Parameters = \"many\"|}")]
    [InlineData("{|DSL352:Parameters = \"\"|}")]
    [InlineData("{|DSL352:Parameters = \"0\"|}")]
    [InlineData("{|DSL352:Parameters = \"-1k\"|}")]
    [InlineData("{|DSL352:Parameters = \"1 MB\"|}")]
    [InlineData("{|DSL352:ActivationBytes = \"1 M\"|}")]
    [InlineData("{|DSL352:Flops = \"1.5.2M\"|}")]
    public Task A_model_keeps_to_its_budget(string budget) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(4), Budget({{budget}}), {{Layers}}] public partial class Net;
        """);

    [Theory]
    [InlineData("explicit")]
    [InlineData("autograd")]
    public Task Bytes_are_counted_in_both_targets(string target) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(4), Budget({|DSL351:ActivationBytes = "4 B"|}), {{Layers}}] public partial class Net;
        """, ("build_property.DslBackward", target));

    [Fact]
    public Task The_excess_and_the_largest_layer_are_named() => Verify.Message(
        $"using Dsl;\n[Model(4), Budget({{|DSL351:Parameters = \"50\"|}}), {Layers}] public partial class Net;",
        "'Net' needs 58 parameters, 16% more than its budget of 50; the largest part is Linear(8) with 40");

    [Fact]
    public Task A_bound_on_nothing() => Verify.Diagnostics($$"""
        using Dsl;
        [Model(4), {|DSL354:Budget|}, {{Layers}}] public partial class Net;
        """);

    [Fact]
    public Task A_bound_of_what_is_no_model() => Verify.Diagnostics("""
        using Dsl;
        [Model(4), Linear(3)] public partial class Net;
        [Trainer<Net>, {|DSL112:Budget(Parameters = "1k")|}, CrossEntropy, Adam(1e-3), Epochs(1)] public partial class T;
        """);

    [Fact]
    public Task What_is_not_analysed_is_not_counted() => Verify.Diagnostics("""
        using Dsl;
        using TorchSharp;
        using static TorchSharp.torch;

        [Model(8, OutputShape = new[] { 2 }), Budget(Parameters = "1k", {|DSL353:Flops = "1M"|}, {|DSL353:ActivationBytes = "1MB"|})]
        public partial class Net
        {
            [Linear(2)] private partial Tensor Head([Shape(8)] Tensor x);

            public Tensor Forward(Tensor x) => {|DSL231:System.Environment.TickCount|} > 0 ? Head(x) : Head(x);
        }
        """);

    [Theory]
    [InlineData("1", false, 1)]
    [InlineData("1.5M", false, 1_500_000)]
    [InlineData(" 2 G ", false, 2e9)]
    [InlineData("250k", false, 250_000)]
    [InlineData("64 KiB", true, 65_536)]
    [InlineData("100MB", true, 1e8)]
    [InlineData("10", true, 10)]
    public void A_quantity_is_a_number_with_a_unit(string text, bool isBytes, double expected) =>
        Assert.Equal(expected, Quantity.Parse(text, isBytes));
}
