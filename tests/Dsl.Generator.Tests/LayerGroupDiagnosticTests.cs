using Xunit;

namespace Dsl.Generator.Tests;

public class LayerGroupDiagnosticTests
{
    [Theory]
    [InlineData("DiscriminativeRates")]
    [InlineData("DiscriminativeRates(2, Depth = 2)")]
    [InlineData("DiscriminativeRates({|DSL105:0.5|})")]
    [InlineData("DiscriminativeRates({|DSL105:Depth = 0|})")]
    [InlineData("DiscriminativeRates, ParameterGroup(\"0\", LearningRateScale = 0.5)")]
    [InlineData("GradualUnfreezing")]
    [InlineData("GradualUnfreezing(Every = 9)")]
    [InlineData("{|DSL467:GradualUnfreezing(Every = 10)|}")]
    [InlineData("GradualUnfreezing({|DSL105:Every = 0|})")]
    public Task Two_groups(string part) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(8), Linear(6), Tanh, Linear(3)]
        public partial class Net;
        [Trainer<Net>, CrossEntropy, Adam(1e-3), Epochs(10), {{part}}]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("Linear(6), Frozen, Tanh, Linear(3)", "{|DSL466:DiscriminativeRates|}")]
    [InlineData("Linear(3)", "{|DSL466:GradualUnfreezing|}")]
    [InlineData("Use<Two>", "{|DSL466:GradualUnfreezing|}")]
    [InlineData("Use<Two>", "GradualUnfreezing(Depth = 2)")]
    public Task One_group(string layers, string part) => Verify.Diagnostics($$"""
        using Dsl;
        [Block, Linear(6), Tanh, Linear(3)]
        public partial class Two;
        [Model(8), {{layers}}]
        public partial class Net;
        [Trainer<Net>, CrossEntropy, Adam(1e-3), Epochs(10), {{part}}]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task Steps_are_no_epochs() => Verify.Diagnostics("""
        using Dsl;
        [Model(8), Linear(6), Tanh, Linear(3)]
        public partial class Net;
        [Trainer<Net>, CrossEntropy, Adam(1e-3), Steps(10), {|DSL468:GradualUnfreezing|}]
        public partial class NetTrainer;
        """);
}
