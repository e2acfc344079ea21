using System.Text.RegularExpressions;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What optimizers ask of networks, schedules and what stands beside them.</summary>
public class OptimizerDiagnosticTests
{
    private const string Net = """

        [Model(4), Linear(8), ReLU, Linear(10)] public partial class Net;
        [Model(4), Linear(10)] public partial class Shallow;
        [Model(4), Linear(8, Bias = false), BatchNorm1d, ReLU, Linear(10)] public partial class Normalized;
        [Model(1, 8, 8), Flatten, Linear(10)] public partial class Image;
        [Model(4), Input("other", 8), Linear(8, Bias = false), BatchNorm1d, Multiply("other"), Linear(10)]
        public partial class Ported;
        """;

    [Theory]
    [InlineData("Net", "Muon")]
    [InlineData("Net", "Muon(Except = \"2\")")]
    [InlineData("Shallow", "{|DSL366:Muon|}")]
    [InlineData("Net", "{|DSL366:Muon(Except = \"0\")|}")]
    [InlineData("Net", "Muon({|DSL510:Except = \"1\"|})")]
    [InlineData("Net", "Muon({|DSL105:NewtonSchulzSteps = 0|})")]
    [InlineData("Net", "Lion({|DSL105:Beta2 = 1|})")]
    public Task Matrices(string net, string optimizer) => Verify.Diagnostics(
        $"using Dsl; namespace Demo;\n[Trainer<{net}>, CrossEntropy, {optimizer}, Epochs(10)] public partial class T;" + Net);

    [Fact]
    public Task Matrices_of_a_forward_that_is_not_analysed() => Verify.Diagnostics(
        MethodSamples.Opaque.Replace("i < Times", "i < {|DSL231:Times|}", StringComparison.Ordinal)
        + "[Trainer<Repeated>, CrossEntropy, {|DSL367:Muon|}, Epochs(10)] public partial class T;");

    [Fact]
    public void Hidden_matrices_are_neither_looked_up_nor_added_nor_last()
    {
        string code = Declared.Generate("""
            using Dsl;
            namespace Demo;
            [Model(16, Elements = Elements.Index), Embedding(100, 32), PositionalEmbedding]
            [TransformerEncoderLayer(4, 64), LayerNorm, Linear(100)]
            public partial class Writer;
            [Trainer<Writer>, CrossEntropy(PerPosition = true), Muon, Epochs(10)] public partial class T;
            """)["Demo.T.Trainer.g.cs"];
        string[] taken = [.. Regex.Matches(code, @"// (\S+)\n\s+UpdatePart\(").Select(match => match.Groups[1].Value)];
        string[] hidden = ["self_attn.in_proj_weight", "self_attn.out_proj.weight", "linear1.weight", "linear2.weight"];
        Assert.Equal(hidden.Select(name => "2." + name), taken);
        Assert.Contains("UpdatePartOthers(", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Net", "CrossEntropy, ScheduleFreeAdamW")]
    [InlineData("Net", "CrossEntropy, ScheduleFreeAdamW, Constant(WarmupSteps = 10), Accumulate(2)")]
    [InlineData("Net", "CrossEntropy, ScheduleFreeAdamW, OnNonFinite(NonFinite.SkipStep)")]
    [InlineData("Net", "CrossEntropy, ScheduleFreeAdamW, {|DSL455:Cosine|}")]
    [InlineData("Net", "CrossEntropy, ScheduleFreeAdamW, {|DSL455:OneCycle(CycleMomentum = false)|}")]
    [InlineData("Net", "CrossEntropy, ScheduleFreeAdamW({|DSL105:Beta1 = 1|})")]
    [InlineData("Normalized", "CrossEntropy, {|DSL456:ScheduleFreeAdamW|}")]
    [InlineData("Net", "CrossEntropy, Adam, SharpnessAware, Lookahead, Accumulate(2)")]
    [InlineData("Normalized", "CrossEntropy, Adam, SharpnessAware")]
    [InlineData("Net", "CrossEntropy, Adam, SharpnessAware({|DSL105:Rho = 0|})")]
    [InlineData("Net", "CrossEntropy, ScheduleFreeAdamW, {|DSL369:SharpnessAware|}")]
    [InlineData("Net", "CrossEntropy, Adam, {|DSL368:SharpnessAware|}, OnNonFinite(NonFinite.RollBack)")]
    [InlineData("Net", "CrossEntropy, Adam, Lookahead({|DSL105:Alpha = 0|})")]
    public Task Gradients_elsewhere(string net, string recipe) => Verify.Diagnostics(
        $"using Dsl; namespace Demo;\n[Trainer<{net}>, {recipe}, Epochs(10)] public partial class T;" + Net);

    [Fact]
    public Task Gradients_elsewhere_and_states_of_a_scheme() => Verify.Diagnostics(
        "using Dsl; namespace Demo;\n[Augmentation, RandomShift(1)] public partial class Weak;\n"
        + "[Trainer<Image>, CrossEntropy, TemporalEnsembling, Augment<Weak>, Adam, {|DSL368:SharpnessAware|}, Epochs(10)] "
        + "public partial class T;" + Net);

    [Fact]
    public Task A_round_that_is_longer_than_the_run() => Verify.Diagnostics(
        "using Dsl; namespace Demo;\n[Trainer<Net>, CrossEntropy, Adam, Lookahead({|DSL521:K = 21|}), Steps(20)] public partial "
        + "class T;" + Net);

    [Fact]
    public async Task Both_targets_compile()
    {
        string source = "using Dsl; namespace Demo;\n"
            + "[Trainer<Net>, CrossEntropy, ScheduleFreeAdamW(WeightDecay = 0.1, DecayVectors = false), "
            + "Constant(WarmupEpochs = 1), ParameterGroup(\"0\", LearningRateScale = 0.1), ClipGradNorm(1), "
            + "Accumulate(2), Checkpoint, Epochs(3)]\n"
            + "public partial class T;\n"
            + "[Trainer<Normalized>, CrossEntropy, MeanTeacher, Muon, SharpnessAware, Lookahead, TrainingAccuracy, "
            + "Accumulate(2)]\npublic partial class U;\n"
            + "[Trainer<Net>, CrossEntropy, Lion] public partial class V;" + Net;
        await Verify.Compiles(source);
        await Verify.Compiles(source, ("build_property.DslBackward", "autograd"));
    }

    [Theory]
    [InlineData("Normalized", "StochasticWeightAverage(7, CycleEpochs = 2, Rate = 0.1, LowRate = 0.01)")]
    [InlineData("Normalized", "StochasticWeightAverage(7), {|DSL519:WeightAverage|}")]
    [InlineData("Normalized", "StochasticWeightAverage({|DSL105:0|})")]
    [InlineData("Normalized", "StochasticWeightAverage({|DSL521:11|})")]
    [InlineData("Normalized", "StochasticWeightAverage({|DSL521:9|}, CycleEpochs = 3)")]
    [InlineData("Normalized", "StochasticWeightAverage(7, {|DSL457:LowRate = 0.01|})")]
    [InlineData("Normalized", "StochasticWeightAverage(7, Rate = 0.01, {|DSL457:LowRate = 0.01|})")]
    [InlineData("Ported", "{|DSL459:StochasticWeightAverage(7)|}")]
    public Task Averages_of_epochs(string net, string recipe) => Verify.Diagnostics(
        $"using Dsl; namespace Demo;\n[Trainer<{net}>, CrossEntropy, Adam, {recipe}, Epochs(10)] public partial class T;" + Net);

    [Fact]
    public Task Averages_of_epochs_without_epochs() => Verify.Diagnostics(
        "using Dsl; namespace Demo;\n"
        + "[Trainer<Net>, CrossEntropy, Adam, {|DSL458:StochasticWeightAverage(7)|}, Steps(20)] public partial class T;" + Net);

    [Theory]
    [InlineData("Shallow", "MeanSquaredError, LeastSquares")]
    [InlineData("Image", "MeanSquaredError, LeastSquares(Ridge = 1, Lasso = 0.1)")]
    [InlineData("Net", "MeanSquaredError, {|DSL619:LeastSquares|}")]
    [InlineData("Shallow", "L1, {|DSL619:LeastSquares|}")]
    [InlineData("Shallow", "MeanSquaredError(Weight = 2), {|DSL619:LeastSquares|}")]
    [InlineData("Shallow", "MeanSquaredError, WeightAverage, {|DSL619:LeastSquares|}")]
    [InlineData("Image", "MeanSquaredError, Augment<Weak>, {|DSL619:LeastSquares|}")]
    [InlineData("Shallow", "MeanSquaredError, LeastSquares({|DSL105:Ridge = -1|})")]
    public Task Solvers(string net, string recipe) => Verify.Diagnostics(
        "using Dsl; namespace Demo;\n[Augmentation, RandomShift(1)] public partial class Weak;\n"
        + $"[Trainer<{net}>, {recipe}, Epochs(1)] public partial class T;" + Net);
}
