using Xunit;

namespace Dsl.Generator.Tests;

public class NoisyLabelDiagnosticTests
{
    private const string Weighting = "Adam(1e-3, For = \"Weighting\")";

    [Theory]
    [InlineData("GeneralizedCrossEntropy")]
    [InlineData("GeneralizedCrossEntropy({|DSL105:Q = 0|})")]
    [InlineData("SymmetricCrossEntropy({|DSL105:LogarithmOfZero = 0|})")]
    [InlineData("ForwardCorrection")]
    [InlineData("ForwardCorrection, BackwardCorrection(Weight = 0.1)")]
    [InlineData("ForwardCorrection(NoiseRate = 0.4)")]
    [InlineData("ForwardCorrection({|DSL105:NoiseRate = 1|})")]
    [InlineData("ForwardCorrection(Transition = new[] { 0.5, 0.5, 0, 0, 1, 0, 0, 0, 1 })")]
    [InlineData("ForwardCorrection({|DSL105:Transition = new[] { 1.5, -0.5, 0, 0, 1, 0, 0, 0, 1 }|})")]
    [InlineData("ForwardCorrection({|DSL542:Transition = new[] { 0.5, 0.4, 0, 0, 1, 0, 0, 0, 1 }|})")]
    [InlineData("ForwardCorrection({|DSL542:Transition = new[] { 1.0, 0, 0, 1 }|})")]
    [InlineData("ForwardCorrection({|DSL542:NoiseRate = 0.4|}, Transition = new[] { 1.0, 0, 0, 0, 1, 0, 0, 0, 1 })")]
    [InlineData("BackwardCorrection({|DSL542:Transition = new[] { 0.5, 0.5, 0, 0.5, 0.5, 0, 0, 0, 1 }|})")]
    [InlineData("BackwardCorrection({|DSL542:NoiseRate = 0.6666666666666667|})")]
    public Task Objectives(string objective) => Check("Net", objective);

    [Theory]
    [InlineData("Net", "CrossEntropy, {|DSL481:LearnToReweight|}, BatchSize(64, Clean = 10)")]
    [InlineData("Net", "CrossEntropy, {|DSL481:MetaWeightNet<Weigher>|}, " + Weighting)]
    [InlineData("Net", "CrossEntropy, {|DSL481:LearnToReweight|}, Augment<Shift>, EarlyStopping(Metric.Accuracy)")]
    [InlineData("Net", "CrossEntropy, {|DSL523:MetaWeightNet<Weigher>|}")]
    [InlineData("Net", "CrossEntropy, {|DSL480:MetaWeightNet<Other>|}, " + Weighting)]
    [InlineData("Normalized", "CrossEntropy, {|DSL480:LearnToReweight|}")]
    [InlineData("Normalized", "CrossEntropy, {|DSL480:MetaWeightNet<Weigher>|}, " + Weighting)]
    [InlineData("Net", "{|DSL480:LearnToReweight|}, Focal")]
    [InlineData("Net", "CrossEntropy(LabelSmoothing = 0.1), {|DSL480:LearnToReweight|}")]
    [InlineData("Net", "CrossEntropy, {|DSL403:LearnToReweight|}, Mixup")]
    [InlineData("Net", "CrossEntropy, LearnToReweight, {|DSL403:Accumulate(2)|}")]
    [InlineData("Net", "CrossEntropy, LearnToReweight, {|DSL403:MetaWeightNet<Weigher>|}, " + Weighting)]
    [InlineData("Net", "CrossEntropy, MetaWeightNet<Weigher>, {|DSL403:OnNonFinite(NonFinite.SkipStep)|}, " + Weighting)]
    [InlineData("Net", "CrossEntropy, {|DSL481:Mlnt|}")]
    [InlineData("Net", "{|DSL402:Mlnt|}")]
    [InlineData("Net", "CrossEntropy, Mlnt({|DSL105:Share = 0|})")]
    [InlineData("Normalized", "CrossEntropy, {|DSL480:Mlnt|}")]
    [InlineData("Net", "CrossEntropy, BatchSize(64, {|DSL543:Clean = 10|})")]
    [InlineData("Net", "CrossEntropy, LearnToReweight, BatchSize(64, {|DSL105:Clean = -1|})")]
    public Task Clean_samples(string net, string parts) => Check(net, parts);

    [Theory]
    [InlineData("Featured", "CrossEntropy, MetaCleaner<SetWeigher>(\"code\", Subset = 4), SamplesPerClass(8)")]
    [InlineData("Featured", "CrossEntropy, MetaCleaner<SetWeigher>(\"code\", Subset = 4), SamplesPerClass(4), Augment<Shift>")]
    [InlineData("Featured", "CrossEntropy, {|DSL480:MetaCleaner<SetWeigher>(\"code\", Subset = 4)|}")]
    [InlineData("Featured", "CrossEntropy, {|DSL480:MetaCleaner<SetWeigher>(\"code\", Subset = 4)|}, SamplesPerClass(2)")]
    [InlineData("Featured", "CrossEntropy, MetaCleaner<SetWeigher>({|DSL409:\"codes\"|}, Subset = 4), SamplesPerClass(4)")]
    [InlineData("Featured", "CrossEntropy, MetaCleaner<SetWeigher>(\"code\", {|DSL105:Subset = 1|}), SamplesPerClass(4)")]
    [InlineData("Featured", "CrossEntropy, {|DSL480:MetaCleaner<SetWeigher>(\"code\", Subset = 2)|}, SamplesPerClass(4)")]
    [InlineData("Featured", "CrossEntropy, {|DSL480:MetaCleaner<Weigher>(\"code\", Subset = 4)|}, SamplesPerClass(4)")]
    [InlineData("Deeper", "CrossEntropy, {|DSL480:MetaCleaner<SetWeigher>(\"code\", Subset = 4)|}, SamplesPerClass(4)")]
    [InlineData("Featured", "{|DSL402:MetaCleaner<SetWeigher>(\"code\", Subset = 4)|}, {|DSL480:SamplesPerClass(4)|}")]
    [InlineData("Featured", "CrossEntropy, {|DSL403:MetaCleaner<SetWeigher>(\"code\", Subset = 4)|}, SamplesPerClass(4), Mixup")]
    [InlineData(
        "Featured", "CrossEntropy, MetaCleaner<SetWeigher>(\"code\", Subset = 4), SamplesPerClass(4), {|DSL403:Accumulate(2)|}")]
    public Task Sets_of_samples(string net, string parts) => Check(net, parts);

    [Theory]
    [InlineData("Net", "CrossEntropy, CoTeaching<Net>(0.4)")]
    [InlineData("Net", "CrossEntropy, CoTeaching<Featured>(0.4, RampUpSteps = 20), Augment<Shift>, ClipGradNorm(1)")]
    [InlineData("Net", "CrossEntropy, CoTeaching<Net>({|DSL105:0|})")]
    [InlineData("Net", "CrossEntropy, CoTeaching<Net>(0.4, {|DSL507:RampUpEpochs = 11|})")]
    [InlineData("Net", "CrossEntropy, CoTeaching<Net>(0.4, RampUpEpochs = 5, {|DSL504:RampUpSteps = 11|})")]
    [InlineData("Net", "CrossEntropy, {|DSL480:CoTeaching<Weigher>(0.4)|}")]
    [InlineData("Net", "{|DSL402:CoTeaching<Net>(0.4)|}")]
    [InlineData("Net", "{|DSL480:CoTeaching<Net>(0.4)|}, Focal")]
    [InlineData("Net", "CrossEntropy, {|DSL403:CoTeaching<Net>(0.4)|}, Mixup")]
    [InlineData("Net", "CrossEntropy, CoTeaching<Net>(0.4), {|DSL403:Accumulate(2)|}")]
    public Task Two_networks(string net, string parts) => Check(net, parts);

    private static Task Check(string net, string parts) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(1, 8, 8), Flatten, Linear(6), Tanh, Linear(3)]
        public partial class Net;
        [Model(1, 8, 8), Flatten, Linear(6, Bias = false), BatchNorm1d, Tanh, Linear(3)]
        public partial class Normalized;
        [Model(1), Linear(4), ReLU, Linear(1), Sigmoid]
        public partial class Weigher;
        [Model(2), Linear(4), ReLU, Linear(1), Sigmoid]
        public partial class Other;
        [Model(1, 8, 8), Flatten, Linear(6), Tanh, Tag("code"), Linear(3)]
        public partial class Featured;
        [Model(1, 8, 8), Flatten, Linear(6), Tanh, Tag("code"), Tanh, Linear(3)]
        public partial class Deeper;
        [Model(24), Linear(4)]
        public partial class SetWeigher;
        [Augmentation, RandomShift(1)]
        public partial class Shift;
        [Trainer<{{net}}>, {{parts}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);
}
