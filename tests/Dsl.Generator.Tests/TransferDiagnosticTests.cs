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

    private static Task Check(string stack) => Verify.Diagnostics($"""
        using Dsl;
        {stack}
        public partial class Net;
        """);
}
