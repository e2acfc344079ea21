using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of recipes: parameter groups, clipping, schedules, what happens during a run.</summary>
public class RecipeDiagnosticTests
{
    private const string Net = """

        [Model(4), Linear(8), ReLU, Linear(10)] public partial class Net;
        """;

    [Theory]
    [InlineData("ParameterGroup({|DSL510:\"1\"|}, WeightDecay = 0.1)")]
    [InlineData("ParameterGroup({|DSL510:\"0.weights\"|}, WeightDecay = 0.1)")]
    [InlineData("ParameterGroup({|DSL510:\"\"|}, WeightDecay = 0.1)")]
    [InlineData("ParameterGroup(\"0\", WeightDecay = 0.1), ParameterGroup({|DSL511:\"0\"|}, LearningRateScale = 0.1)")]
    [InlineData("{|DSL512:ParameterGroup(\"0\")|}")]
    [InlineData("ParameterGroup(\"0\", {|DSL105:LearningRateScale = -1|})")]
    public void Parameter_group(string recipe) => Check(recipe);

    [Theory]
    [InlineData("ClipGradNorm(1), {|DSL513:ClipGradValue(1)|}")]
    public void Two_bounds_on_the_gradient(string recipe) => Check(recipe);

    [Theory]
    [InlineData("Cosine(WarmupEpochs = 1, {|DSL504:WarmupSamples = 10|})")]
    [InlineData("Cosine(WarmupSteps = 1, {|DSL504:WarmupSamples = 10|})")]
    [InlineData("{|DSL514:CosineRestarts|}")]
    [InlineData("CosineRestarts(T0Epochs = 1, {|DSL504:T0Steps = 10|})")]
    [InlineData("CosineRestarts({|DSL515:T0Epochs = 11|})")]
    [InlineData("OneCycle({|DSL516:WarmupEpochs = 1|})")]
    [InlineData("OneCycle({|DSL518:BaseMomentum = 0.99|})")]
    public void Schedule(string recipe) => Check(recipe);

    [Fact]
    public void One_cycle_without_a_momentum() => Verify.Diagnostics(
        "using Dsl; namespace Demo;\n[Trainer<Net>, CrossEntropy, Sgd(0.1), {|DSL517:OneCycle|}, Epochs(10)] public partial class T;" + Net);

    [Fact]
    public void An_unknown_path_is_answered_with_the_known_ones()
    {
        Assert.Contains("but \"0.weight\", \"0.bias\"", Message("ParameterGroup(\"0.weights\", WeightDecay = 0.1)"), StringComparison.Ordinal);
        Assert.Contains("but \"0\", \"2\"", Message("ParameterGroup(\"1\", WeightDecay = 0.1)"), StringComparison.Ordinal);
    }

    private static void Check(string recipe) =>
        Verify.Diagnostics($"using Dsl; namespace Demo;\n[Trainer<Net>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Epochs(10), {recipe}] public partial class T;" + Net);

    private static string Message(string recipe) =>
        Verify.Message($"using Dsl; namespace Demo;\n[Trainer<Net>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Epochs(10), {recipe}] public partial class T;" + Net);
}
