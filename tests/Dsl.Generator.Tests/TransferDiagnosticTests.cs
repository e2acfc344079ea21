using Xunit;

namespace Dsl.Generator.Tests;

public class TransferDiagnosticTests
{
    [Theory]
    [InlineData("[Model(8), LoraLinear(6, 2, Alpha = 4), ReLU, Linear(3)]")]
    [InlineData("[Model(8), LoraLinear(6, {|DSL463:6|}), ReLU, Linear(3)]")]
    [InlineData("[Model(4), LoraLinear(6, {|DSL463:rank: 4|}), ReLU, Linear(3)]")]
    [InlineData("[Model(8), LoraLinear(6, {|DSL105:0|}), ReLU, Linear(3)]")]
    [InlineData("[Model(8), LoraLinear(6, 2, {|DSL105:Alpha = -1|}), ReLU, Linear(3)]")]
    [InlineData("[Model(8), {|DSL464:LoraLinear(6, 2)|}, Frozen, Linear(3)]")]
    [InlineData("[Model(8), Linear(6), Frozen, LoraLinear(6, 2), Linear(3)]")]
    public Task Low_rank_changes(string stack) => Check(stack);

    [Theory]
    [InlineData("[Model(3, 8, 8), LoraConv2d(6, 3, 2, Alpha = 4, Padding = 1, Stride = 2), Flatten, Linear(3)]")]
    [InlineData("[Model(3, 8, 8), LoraConv2d(6, 3, {|DSL463:6|}), Flatten, Linear(3)]")]
    [InlineData("[Model(3, 8, 8), LoraConv2d(60, 1, {|DSL463:3|}), Flatten, Linear(3)]")]
    [InlineData("[Model(3, 8, 8), LoraConv2d(6, {|DSL302:11|}, 2), Flatten, Linear(3)]")]
    [InlineData("[Model(8), {|DSL301:LoraConv2d(6, 3, 2)|}, Flatten, Linear(3)]")]
    [InlineData("[Model(3, 8, 8), {|DSL464:LoraConv2d(6, 3, 2)|}, Frozen, Flatten, Linear(3)]")]
    public Task Low_rank_changes_of_kernels(string stack) => Check(stack);

    [Theory]
    [InlineData("[Model(5, 8), SinusoidalEncoding, LoraSelfAttention(2, 3), PrefixSelfAttention(2, 10), Place(0), Linear(3)]")]
    [InlineData("[Model(5, 8), LoraSelfAttention(2, {|DSL463:8|}), Place(0), Linear(3)]")]
    [InlineData("[Model(5, 8), {|DSL464:LoraSelfAttention(2, 3)|}, Frozen, Place(0), Linear(3)]")]
    [InlineData("[Model(5, 8), {|DSL464:PrefixSelfAttention(2, 3)|}, Frozen, Place(0), Linear(3)]")]
    [InlineData("[Model(5, 8), PrefixSelfAttention(2, {|DSL105:0|}), Place(0), Linear(3)]")]
    [InlineData("[Model(5, 8), PrefixSelfAttention(2, 3, {|DSL105:Hidden = -1|}), Place(0), Linear(3)]")]
    public Task Tuned_attention(string stack) => Check(stack);

    [Theory]
    [InlineData("[Model(8), Linear(6), ReLU, Frozen, Adapter(2), Linear(3)]")]
    [InlineData("[Model(2, 8, 8), Adapter(1), Flatten, Linear(3)]")]
    [InlineData("[Model(8), Adapter({|DSL105:0|}), Linear(3)]")]
    public Task Adapters(string stack) => Check(stack);

    [Fact]
    public Task One_objective_is_weighed_against_none() => Verify.Diagnostics("""
        using Dsl;
        [Model(8), Linear(6), Tanh, Linear(3)]
        public partial class Net;
        [Trainer<Net>, CrossEntropy, {|DSL465:UncertaintyWeighting|}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task Two_objectives_are_weighed() => Verify.Diagnostics("""
        using Dsl;
        [Model(8), Linear(6), Tanh, Tag("trunk"), Linear(3), Output("first")]
        [From("trunk"), Linear(3), Output("second")]
        public partial class Net;
        [Trainer<Net>, CrossEntropy(Of = "first"), CrossEntropy(Of = "second"), UncertaintyWeighting, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\"), GradNorm(0.12, Of = \"0.weight\")")]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\"), PcGrad, {|DSL480:GradNorm|}")]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\"), GradNorm({|DSL105:-1|})")]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\"), GradNorm({|DSL105:Rate = 0|})")]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\"), GradNorm({|DSL510:Of = \"3.weight\"|})")]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\"), PcGrad")]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\"), UncertaintyWeighting, PcGrad")]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\"), {|DSL480:PcGrad|}, Accumulate(2)")]
    [InlineData("CrossEntropy(Of = \"first\"), CrossEntropy(Of = \"second\"), PcGrad, {|DSL368:SharpnessAware|}")]
    public Task Gradients_of_objectives(string parts) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(8), Linear(6), Tanh, Tag("trunk"), Linear(3), Output("first")]
        [From("trunk"), Linear(3), Output("second")]
        public partial class Net;
        [Trainer<Net>(Backward = Backward.Autograd), {{parts}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("PcGrad")]
    [InlineData("GradNorm")]
    public Task One_objective_conflicts_with_none(string part) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(8), Linear(6), Tanh, Linear(3)]
        public partial class Net;
        [Trainer<Net>(Backward = Backward.Autograd), CrossEntropy, {|DSL465:{{part}}|}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task Objectives_that_share_nothing() => Verify.Diagnostics("""
        using Dsl;
        [Model(8), Tag("trunk"), Linear(3), Output("first")]
        [From("trunk"), Linear(3), Output("second")]
        public partial class Net;
        [Trainer<Net>(Backward = Backward.Autograd), CrossEntropy(Of = "first"), CrossEntropy(Of = "second"), {|DSL469:PcGrad|}]
        [Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    private static Task Check(string stack) => Verify.Diagnostics($"""
        using Dsl;
        {stack}
        public partial class Net;
        """);
}
