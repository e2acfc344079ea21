using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of meta-learning: networks, objectives, what stands beside it.</summary>
public class MetaDiagnosticTests
{
    private const string Parts = """
        [Model(1, 8, 8), Conv2d(4, 3), ReLU, Flatten, Linear(5)]
        public partial class Net;
        [Model(1, 8, 8), Conv2d(4, 3, Bias = false), BatchNorm2d, ReLU, Flatten, Linear(5)]
        public partial class Normed;
        [Model(1, 8, 8), Flatten, Linear(16), ReLU, Dropout(0.1), Linear(5)]
        public partial class Dropping;
        [Model(12, Elements = Elements.Index), Embedding(20, 4), Flatten, Linear(5)]
        public partial class Reader;
        [Augmentation, RandomShift(1)]
        public partial class Weak;

        """;

    [Theory]
    [InlineData("{|DSL481:Maml|}, CrossEntropy")]
    [InlineData(
        "{|DSL481:Maml(FirstOrder = true)|}, CrossEntropy(LabelSmoothing = 0.1), WeightAverage(Decay = 0.9), ClipGradNorm(1)")]
    [InlineData("{|DSL481:Maml(InnerSteps = 5)|}, MeanSquaredError, OnNonFinite(NonFinite.SkipStep)")]
    [InlineData("{|DSL481:Maml(AdaptedLayers = 1)|}, CrossEntropy")]
    [InlineData("{|DSL481:Reptile|}, CrossEntropy")]
    [InlineData("{|DSL481:Reptile(InnerSteps = 2)|}, MeanSquaredError, WeightAverage(Decay = 0.9)")]
    public Task Right(string parts) => Check("Net", parts);

    [Theory]
    [InlineData("{|DSL402:Maml|}")]
    [InlineData("Maml({|DSL105:InnerRate = 0|}), CrossEntropy")]
    [InlineData("Maml({|DSL105:InnerSteps = 0|}), CrossEntropy")]
    [InlineData("{|DSL480:Maml|}, CrossEntropy, ConfidencePenalty")]
    [InlineData("{|DSL480:Maml|}, DisturbLabel")]
    [InlineData("{|DSL480:Maml|}, CrossEntropy(LabelSmoothing = 0.1, Smoothing = Smoothing.Unigram)")]
    [InlineData("Maml, CrossEntropy, {|DSL403:Accumulate(2)|}")]
    [InlineData("Maml, CrossEntropy, {|DSL403:EarlyStopping(Metric.Loss)|}")]
    [InlineData("Maml, CrossEntropy, {|DSL403:TrainingAccuracy|}")]
    [InlineData("Maml, CrossEntropy, {|DSL403:Augment<Weak>|}")]
    [InlineData("Maml, CrossEntropy, {|DSL403:Mixup|}")]
    [InlineData("Maml, CrossEntropy, {|DSL403:Vat|}")]
    [InlineData("Maml({|DSL480:AdaptedLayers = 2|}), CrossEntropy")]
    [InlineData("Maml({|DSL105:AdaptedLayers = -1|}), CrossEntropy")]
    [InlineData("Maml, CrossEntropy, {|DSL403:Reptile|}")]
    [InlineData("{|DSL402:Reptile|}")]
    [InlineData("Reptile({|DSL105:InnerRate = 0|}), CrossEntropy")]
    [InlineData("Reptile, CrossEntropy, {|DSL403:Accumulate(2)|}")]
    public Task Wrong(string parts) => Check("Net", parts);

    [Theory]
    [InlineData("Normed")]
    [InlineData("Dropping")]
    [InlineData("Reader")]
    public Task Networks(string model) => Check(model, "{|DSL480:Maml|}, CrossEntropy");

    private static Task Check(string model, string parts) => Verify.Diagnostics("using Dsl;\n" + Parts + $$"""
        [Trainer<{{model}}>, {{parts}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);
}
