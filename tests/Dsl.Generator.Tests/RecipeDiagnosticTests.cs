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
    public Task Parameter_group(string recipe) => Check(recipe);

    [Theory]
    [InlineData("ClipGradNorm(1), {|DSL513:ClipGradValue(1)|}")]
    public Task Two_bounds_on_the_gradient(string recipe) => Check(recipe);

    [Theory]
    [InlineData("Cosine(WarmupEpochs = 1, {|DSL504:WarmupSamples = 10|})")]
    [InlineData("Cosine(WarmupSteps = 1, {|DSL504:WarmupSamples = 10|})")]
    [InlineData("{|DSL514:CosineRestarts|}")]
    [InlineData("CosineRestarts(T0Epochs = 1, {|DSL504:T0Steps = 10|})")]
    [InlineData("CosineRestarts({|DSL515:T0Epochs = 11|})")]
    [InlineData("OneCycle({|DSL516:WarmupEpochs = 1|})")]
    [InlineData("OneCycle({|DSL518:BaseMomentum = 0.99|})")]
    public Task Schedule(string recipe) => Check(recipe);

    [Fact]
    public Task One_cycle_without_a_momentum() => Verify.Diagnostics(
        "using Dsl; namespace Demo;\n[Trainer<Net>, CrossEntropy, Sgd(0.1), {|DSL517:OneCycle|}, Epochs(10)] public partial "
        + "class T;" + Net);

    [Theory]
    [InlineData("Accumulate({|DSL105:0|})")]
    [InlineData("WeightAverage({|DSL105:Decay = 1|})")]
    [InlineData("EarlyStopping(Metric.Loss, {|DSL105:Patience = 0|})")]
    [InlineData("Checkpoint(EveryEpochs = 1, {|DSL504:EverySteps = 100|})")]
    [InlineData("Checkpoint(Keep = 3, KeepBest = true)")]
    [InlineData("Checkpoint({|DSL105:Keep = -1|})")]
    [InlineData("AdaptiveGradientClipping({|DSL510:Except = \"7\"|})")]
    [InlineData("ClipGradNorm(1), {|DSL513:AdaptiveGradientClipping|}")]
    public Task What_happens_during_a_run(string recipe) => Check(recipe);

    [Theory]
    [InlineData("OnNonFinite(NonFinite.Stop)")]
    [InlineData("OnNonFinite(NonFinite.SkipStep, ConsecutiveLimit = 1)")]
    [InlineData("OnNonFinite(NonFinite.RollBack, RollBackLimit = 1, SnapshotEverySteps = 1, LearningRateFactor = 1)")]
    [InlineData("OnNonFinite(NonFinite.SkipStep, {|DSL105:ConsecutiveLimit = 0|})")]
    [InlineData("OnNonFinite(NonFinite.RollBack, {|DSL105:LearningRateFactor = 0|})")]
    [InlineData("OnNonFinite(NonFinite.RollBack, {|DSL105:LearningRateFactor = 1.5|})")]
    [InlineData("OnNonFinite(NonFinite.Stop, {|DSL520:ConsecutiveLimit = 3|})")]
    [InlineData("OnNonFinite(NonFinite.SkipStep, {|DSL520:RollBackLimit = 3|}, {|DSL520:SnapshotEverySteps = 3|})")]
    [InlineData("OnNonFinite(NonFinite.RollBack, {|DSL520:ConsecutiveLimit = 3|})")]
    public Task What_happens_at_a_step_that_is_not_finite(string recipe) => Check(recipe);

    [Theory]
    [InlineData("NonFinite.SkipStep, {|DSL521:ConsecutiveLimit = 21|}")]
    [InlineData("NonFinite.RollBack, {|DSL521:SnapshotEverySteps = 21|}")]
    [InlineData("NonFinite.SkipStep, ConsecutiveLimit = 20")]
    [InlineData("NonFinite.RollBack")]
    public Task Counts_of_steps_that_a_run_does_not_reach(string policy) => Verify.Diagnostics(
        "using Dsl; namespace Demo;\n"
        + $"[Trainer<Net>, CrossEntropy, Adam, Steps(20), OnNonFinite({policy})] public partial class T;" + Net);

    [Theory]
    [InlineData("NonFinite.SkipStep")]
    [InlineData("NonFinite.RollBack")]
    public async Task Policies_compile_in_both_targets(string policy)
    {
        string source = "using Dsl; namespace Demo;\n"
            + $"[Trainer<Net>, CrossEntropy, Adam, OnNonFinite({policy}), TrainingAccuracy, Accumulate(2), Checkpoint, "
            + $"Epochs(3)]\n"
            + "public partial class T;\n"
            + $"[Trainer<Net>, CrossEntropy, MeanTeacher, Lamb(1e-3), OnNonFinite({policy}), EarlyStopping(Metric.Loss)]\n"
            + "public partial class U;" + Net;
        await Verify.Compiles(source);
        await Verify.Compiles(source, ("build_property.DslBackward", "autograd"));
    }

    [Fact]
    public void Stop_is_what_is_written_without_it()
    {
        string Code(string policy) => Declared.Generate("using Dsl; namespace Demo;\n"
            + $"[Trainer<Net>, CrossEntropy, Adam{policy}, Epochs(3)] public partial class T;" + Net)["Demo.T.Trainer.g.cs"];
        Assert.Equal(Code(""), Code(", OnNonFinite(NonFinite.Stop)"));
    }

    [Theory]
    [InlineData("MeanSquaredError, EarlyStopping({|DSL419:Metric.Accuracy|})")]
    [InlineData("MeanSquaredError, EarlyStopping(Metric.Loss)")]
    [InlineData("CrossEntropy, EarlyStopping(Metric.Accuracy)")]
    [InlineData("BinaryCrossEntropy, EarlyStopping(Metric.Accuracy)")]
    [InlineData("MeanSquaredError, {|DSL450:TrainingAccuracy|}")]
    [InlineData("BinaryCrossEntropy, {|DSL450:TrainingAccuracy|}")]
    [InlineData("KlDivergence, {|DSL450:TrainingAccuracy|}")]
    [InlineData("Distill, {|DSL450:TrainingAccuracy|}")]
    [InlineData("Distill, Focal, TrainingAccuracy")]
    public Task What_labels_allow(string declared) => Verify.Diagnostics(
        $"using Dsl; namespace Demo;\n[Trainer<Net>, {declared}, Adam, Epochs(10)] public partial class T;" + Net);

    [Fact]
    public async Task Accuracy_compiles_in_both_targets()
    {
        string source = "using Dsl; namespace Demo;\n"
            + "[Trainer<Net>, CrossEntropy, Distill, Mixup, TrainingAccuracy, Adam, Accumulate(2), Epochs(3)] public partial "
            + "class T;\n"
            + "[Trainer<Net>, DisturbLabel, Mixup, TrainingAccuracy, Adam] public partial class U;" + Net;
        await Verify.Compiles(source);
        await Verify.Compiles(source, ("build_property.DslBackward", "autograd"));
    }

    [Fact]
    public Task An_average_beside_mean_teacher() => Check("MeanTeacher, {|DSL519:WeightAverage|}");

    [Fact]
    public Task Parts_of_a_recipe_fit_together() => Verify.Compiles("""
        using Dsl;
        using Dsl.Runtime;

        namespace Demo;

        [Model(4), Linear(8), ReLU, BatchNorm1d, Dropout(0.1), Linear(10)] public partial class Net;

        [Trainer<Net>, CrossEntropy, Lars(1, WeightDecay = 1e-4), OneCycle, ParameterGroup("4", LearningRateScale = 10), AdaptiveGradientClipping(Except = "4")]
        [Accumulate(4), WeightAverage, EarlyStopping(Metric.Accuracy), Checkpoint]
        public partial class Everything;

        [Trainer<Net>(Backward = Backward.Autograd), CrossEntropy, RmsProp(Centered = true, Momentum = 0.9), Exponential(0.9), ClipGradValue(1)]
        [Accumulate(4), WeightAverage(Warmup = false), EarlyStopping(Metric.Loss), Checkpoint(EverySteps = 10), Epochs(3)]
        public partial class EverythingAutograd;

        [Trainer<Net>, CrossEntropy, MeanTeacher, AdamW, Accumulate(2), EarlyStopping(Metric.Loss), CosineRestarts(T0Epochs = 1), Epochs(3)]
        public partial class Averaging;

        [Model(6), Input("gate", 5), Linear(5), Multiply("gate"), Tanh, Linear(4)] public partial class Gated;

        [Trainer<Gated>, CrossEntropy, Adagrad, Accumulate(4), WeightAverage, EarlyStopping(Metric.Accuracy), Checkpoint, Epochs(3)]
        public partial class SeveralInputs;

        [Trainer<Net>, Distill, Adam, EarlyStopping(Metric.Accuracy), Epochs(3)]
        public partial class Unlabelled;
        """);

    [Fact]
    public Task A_group_of_frozen_parameters() => Verify.Diagnostics("""
        using Dsl; namespace Demo;
        [Model(4), Linear(8), Frozen, ReLU, Linear(10)] public partial class Net;
        [Trainer<Net>, CrossEntropy, Adam, ParameterGroup({|DSL510:"0"|}, WeightDecay = 0.1), Epochs(1)] public partial class T;
        """);

    [Fact]
    public async Task An_unknown_path_is_answered_with_the_known_ones()
    {
        await Known("ParameterGroup({|DSL510:\"0.weights\"|}, WeightDecay = 0.1)", "but \"0.weight\", \"0.bias\"");
        await Known("ParameterGroup({|DSL510:\"1\"|}, WeightDecay = 0.1)", "but \"0\", \"2\"");
    }

    private static Task Check(string recipe) => Verify.Diagnostics(Source(recipe));

    private static Task Known(string recipe, string paths) =>
        Verify.Message(Source(recipe), said => Assert.Contains(paths, said, StringComparison.Ordinal));

    private static string Source(string recipe) =>
        "using Dsl; namespace Demo;\n"
        + $"[Trainer<Net>, CrossEntropy, Sgd(0.1, Momentum = 0.9), Epochs(10), {recipe}] public partial class T;" + Net;
}
