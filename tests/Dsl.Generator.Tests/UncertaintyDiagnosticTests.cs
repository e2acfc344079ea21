using System.Threading.Tasks;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Objectives of uncertainty: which outputs they read, and which streams.</summary>
public class UncertaintyDiagnosticTests
{
    [Theory]
    [InlineData("Linear(5)", "PriorNetwork")]
    [InlineData("Linear(5)", "PriorNetwork({|DSL105:Precision = 0|})")]
    [InlineData("Linear(5)", "PriorNetwork({|DSL105:OutsideWeight = -1|})")]
    [InlineData("Linear(5)", "PriorNetwork, {|DSL413:MeanSquaredError|}")]
    public Task Prior_networks(string end, string objective) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(8), Linear(6), Tanh, {{end}}]
        public partial class Net;
        [Trainer<Net>, {{objective}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("Linear(5), Softplus", "Evidential")]
    [InlineData("Linear(5), ReLU", "Evidential(DivergenceWeight = 0.5, RampUpSteps = 100), Accumulate(2)")]
    [InlineData("Linear(5), ReLU", "Evidential(RampUpEpochs = 0)")]
    [InlineData("Linear(5), ReLU", "Evidential({|DSL507:RampUpEpochs = 11|})")]
    [InlineData("Linear(5), ReLU", "Evidential(RampUpEpochs = 5, {|DSL504:RampUpSteps = 5|})")]
    [InlineData("Linear(5), ReLU", "Evidential({|DSL105:DivergenceWeight = -1|})")]
    [InlineData("Linear(5)", "{|DSL480:Evidential|}")]
    [InlineData("Linear(5), Tanh", "{|DSL480:Evidential|}")]
    [InlineData("Linear(5), ReLU", "Evidential, {|DSL413:MeanSquaredError|}")]
    public Task Evidence(string end, string objective) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(8), Linear(6), Tanh, {{end}}]
        public partial class Net;
        [Trainer<Net>, {{objective}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("InformationBottleneck(Of = \"code\")")]
    [InlineData("InformationBottleneck(Of = \"code\", {|DSL105:Beta = -1|})")]
    [InlineData("InformationBottleneck({|DSL480:Of = \"body\"|})")]
    [InlineData("{|DSL480:InformationBottleneck|}")]
    public Task Bottlenecks(string objective) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(8), Linear(6), Tanh, Tag("body"), Linear(6), Tag("code"), NormalSample, Linear(2)]
        public partial class Net;
        [Trainer<Net>, CrossEntropy, {{objective}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("BayesianLinear(6), Tanh, Linear(2)", "BayesByBackprop")]
    [InlineData("BayesianLinear(6, {|DSL105:Deviation = 0|}), Tanh, Linear(2)", "BayesByBackprop")]
    [InlineData("BayesianLinear(6), Tanh, Linear(2)", "BayesByBackprop({|DSL105:PriorDeviation = 0|})")]
    [InlineData("Linear(6), Tanh, Linear(2)", "{|DSL480:BayesByBackprop|}")]
    public Task Posteriors(string layers, string scheme) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(8), {{layers}}]
        public partial class Net;
        [Trainer<Net>, CrossEntropy, {{scheme}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("Linear(6), NormalSample")]
    [InlineData("Linear(5), {|DSL313:NormalSample|}")]
    public Task Draws(string layers) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(8), {{layers}}, Linear(2)]
        public partial class Net;
        """);

    [Theory]
    [InlineData("GaussianNll(\"spread\", Of = \"mean\")")]
    [InlineData("GaussianNll(\"spread\", Of = \"mean\", Beta = 0)")]
    [InlineData("GaussianNll(\"spread\", Of = \"mean\", {|DSL105:Beta = 1.5|})")]
    [InlineData("GaussianNll({|DSL480:\"speed\"|}, Of = \"mean\")")]
    [InlineData("GaussianNll({|DSL480:\"mean\"|}, Of = \"mean\")")]
    [InlineData("GaussianNll({|DSL480:\"body\"|}, Of = \"mean\")")]
    [InlineData("HomoscedasticNll(Of = \"mean\", {|DSL105:InitialDeviation = 0|})")]
    public Task Two_outputs(string objective) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(8), Linear(6), Tanh, Tag("body"), Linear(2), Output("mean"), From("body"), Linear(2), Output("spread")]
        public partial class Net;
        [Trainer<Net>, {{objective}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);
}
