using Xunit;

namespace Dsl.Generator.Tests;

public class ContinualDiagnosticTests
{
    [Theory]
    [InlineData("CrossEntropy, Ewc")]
    [InlineData("CrossEntropy, Ewc(1000, Labels = FisherLabels.Sampled, Samples = 300)")]
    [InlineData("CrossEntropy, Ewc(Online = true, Decay = 0.9), LearningWithoutForgetting, Rehearsal(200)")]
    [InlineData("CrossEntropy, Ewc, Accumulate(2)")]
    [InlineData("CrossEntropy, Ewc({|DSL105:-1|})")]
    [InlineData("CrossEntropy, Ewc({|DSL105:Samples = -1|})")]
    [InlineData("CrossEntropy, Ewc({|DSL419:Decay = 0.9|})")]
    [InlineData("CrossEntropy, Ewc(Online = true, {|DSL105:Decay = 1.5|})")]
    [InlineData("{|DSL402:Ewc|}")]
    [InlineData("MeanSquaredError, {|DSL480:Ewc|}")]
    [InlineData("MultiLabel, {|DSL480:Ewc|}")]
    public Task Consolidation(string parts) => Check(parts);

    [Theory]
    [InlineData("CrossEntropy, LearningWithoutForgetting(Weight = 4, Temperature = 1)")]
    [InlineData("CrossEntropy, LearningWithoutForgetting({|DSL105:Temperature = 0|})")]
    [InlineData("CrossEntropy, LearningWithoutForgetting({|DSL105:Weight = -1|})")]
    [InlineData("MeanSquaredError, {|DSL480:LearningWithoutForgetting|}")]
    [InlineData("{|DSL402:LearningWithoutForgetting|}")]
    public Task Without_forgetting(string parts) => Check(parts);

    [Theory]
    [InlineData("CrossEntropy, Rehearsal(200, PerStep = 10)")]
    [InlineData("MeanSquaredError, Rehearsal(200)")]
    [InlineData("CrossEntropy, Rehearsal({|DSL105:0|})")]
    [InlineData("CrossEntropy, Rehearsal(5, {|DSL105:PerStep = -1|})")]
    [InlineData("CrossEntropy, {|DSL480:Rehearsal(5)|}, Accumulate(2)")]
    [InlineData("CrossEntropy, PseudoLabel, {|DSL480:Rehearsal(5)|}")]
    public Task Rehearsed(string parts) => Check(parts);

    [Theory]
    [InlineData("CrossEntropy, SynapticIntelligence(1, Damping = 0.001)")]
    [InlineData("MeanSquaredError, SynapticIntelligence, Accumulate(2), ClipGradNorm(1)")]
    [InlineData("CrossEntropy, SynapticIntelligence({|DSL105:-1|})")]
    [InlineData("CrossEntropy, SynapticIntelligence({|DSL105:Damping = 0|})")]
    [InlineData("{|DSL402:SynapticIntelligence|}")]
    [InlineData("CrossEntropy, SynapticIntelligence, {|DSL368:SharpnessAware|}")]
    public Task Contributions(string parts) => Check(parts);

    [Theory]
    [InlineData("CrossEntropy, AveragedGem(200, PerStep = 10)")]
    [InlineData("MeanSquaredError, AveragedGem(200), SynapticIntelligence")]
    [InlineData("CrossEntropy, AveragedGem({|DSL105:0|})")]
    [InlineData("CrossEntropy, AveragedGem(5, {|DSL105:PerStep = -1|})")]
    [InlineData("CrossEntropy, {|DSL480:AveragedGem(5)|}, Accumulate(2)")]
    [InlineData("CrossEntropy, PseudoLabel, {|DSL480:AveragedGem(5)|}")]
    [InlineData("CrossEntropy, AveragedGem(5), {|DSL368:SharpnessAware|}")]
    [InlineData("CrossEntropy, {|DSL480:AveragedGem(5)|}, OnNonFinite(NonFinite.SkipStep)")]
    public Task Remembered(string parts) => Check(parts);

    [Fact]
    public Task Several_outputs() => Verify.Diagnostics("""
        using Dsl;
        [Model(8), Linear(6), Tanh, Tag("trunk"), Linear(3), Output("first")]
        [From("trunk"), Linear(3), Output("second")]
        public partial class Net;
        [Trainer<Net>, CrossEntropy(Of = "first"), CrossEntropy(Of = "second"), {|DSL408:Ewc|}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task A_label_at_each_position() => Verify.Diagnostics("""
        using Dsl;
        [Model(8, 5), Linear(6), Tanh, Linear(3)]
        public partial class Net;
        [Trainer<Net>, {|DSL404:CrossEntropy|}, {|DSL404:Ewc|}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    private static Task Check(string parts) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(8), Linear(6), Tanh, Linear(3)]
        public partial class Net;
        [Trainer<Net>, {{parts}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);
}
