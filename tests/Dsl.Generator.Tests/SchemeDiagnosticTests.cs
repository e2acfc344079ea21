using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of semi-supervised schemes: what goes together, and with which models.</summary>
public class SchemeDiagnosticTests
{
    private const string Parts = """
        [Model(1, 8, 8), Conv2d(4, 3), ReLU, Flatten, Linear(10)]
        public partial class Net;
        [Augmentation, RandomShift(1)]
        public partial class Weak;
        [Augmentation, RandomShift(1), Cutout(3)]
        public partial class Strong;

        """;

    [Theory]
    [InlineData("CrossEntropy, FixMatch<Weak, Strong>, {|DSL403:MixMatch|}")]
    [InlineData("CrossEntropy, MixMatch, {|DSL403:Uda<Weak, Strong>|}")]
    [InlineData("CrossEntropy, Mixup, {|DSL403:FixMatch<Weak, Strong>|}")]
    [InlineData("CrossEntropy, CutMix, {|DSL403:MixMatch|}")]
    [InlineData("CrossEntropy, Uda<Weak, Strong>(Annealing = SignalAnnealing.Linear), {|DSL403:Accumulate(2)|}")]
    [InlineData("CrossEntropy, PiModel, TemporalEnsembling, Vat, PseudoLabel, MeanTeacher, EntropyMinimization, Augment<Weak>")]
    [InlineData("CrossEntropy, FixMatch<Weak, Strong>, Vat, PiModel, WeightAverage(Decay = 0.999)")]
    [InlineData("CrossEntropy, Uda<Weak, Strong>, Accumulate(2)")]
    [InlineData("CrossEntropy, Mixup, Vat, PseudoLabel")]
    public Task Schemes_together(string parts) => Check(parts);

    [Theory]
    [InlineData("CrossEntropy(LabelSmoothing = 0.1), {|DSL480:MixMatch|}")]
    [InlineData("CrossEntropy(Reduction = Reduction.Sum), {|DSL480:MixMatch|}")]
    [InlineData("Focal, {|DSL480:MixMatch|}")]
    [InlineData("CrossEntropy, ConfidencePenalty, MixMatch")]
    public Task What_MixMatch_takes_the_place_of(string parts) => Check(parts);

    [Theory]
    [InlineData("CrossEntropy, {|DSL439:Distill(CacheTeacher = true)|}, MixMatch")]
    [InlineData("CrossEntropy, Distill(CacheTeacher = true), FixMatch<Weak, Strong>")]
    [InlineData("CrossEntropy, Distill, MixMatch")]
    public Task Schemes_beside_a_teacher(string parts) => Check(parts);

    [Theory]
    [InlineData("MixMatch(RampUpEpochs = 2)")]
    [InlineData("FixMatch<Weak, Strong>")]
    [InlineData("Uda<Weak, Strong>")]
    public Task Features_of_a_pass_of_several_batches(string scheme) => Verify.Compiles("using Dsl;\n" + Parts + $$"""
        [Model(1, 8, 8), Conv2d(4, 3), ReLU, Tag("middle"), Flatten, Linear(10)]
        public partial class Small;
        [Model(1, 8, 8), Conv2d(8, 3), ReLU, Tag("guided"), Flatten, Linear(10)]
        public partial class Large;
        [Trainer<Small>, DistillFeature<Large>("middle", Teacher = "guided"), CrossEntropy, {{scheme}}, Adam(1e-3), Epochs(9)]
        public partial class Explicit;
        [Trainer<Small>(Backward = Backward.Autograd)]
        [DistillFeature<Large>("middle", Teacher = "guided"), CrossEntropy, {{scheme}}, Adam(1e-3), Epochs(9)]
        public partial class ByAutograd;
        """);

    [Theory]
    [InlineData("{|DSL402:Vat|}")]
    [InlineData("{|DSL402:FixMatch<Weak, Strong>|}")]
    [InlineData("Distill, {|DSL402:PiModel|}")]
    [InlineData("CrossEntropy, Vat({|DSL105:Epsilon = 0|})")]
    [InlineData("CrossEntropy, {|DSL202:FixMatch<Weak, Net>|}")]
    [InlineData("CrossEntropy, PiModel(RampUpEpochs = 2, {|DSL504:RampUpSteps = 10|})")]
    [InlineData("CrossEntropy, PseudoLabel({|DSL507:RampUpEpochs = 20|})")]
    public Task A_scheme_alone(string parts) => Check(parts);

    [Theory]
    [InlineData("{|DSL480:Vat|}")]
    [InlineData("{|DSL480:MixMatch|}")]
    [InlineData("PseudoLabel")]
    [InlineData("{|DSL405:FixMatch<Weak, Strong>|}")]
    public Task Tokens(string scheme) => Verify.Diagnostics("using Dsl;\n" + Parts + $$"""
        [Model(12, Elements = Elements.Index), Embedding(20, 4), Flatten, Linear(10)]
        public partial class Reader;
        [Trainer<Reader>, CrossEntropy, {{scheme}}, Adam(1e-3), Epochs(10)]
        public partial class ReaderTrainer;
        """);

    [Theory]
    [InlineData("{|DSL404:Vat|}")]
    [InlineData("{|DSL404:PseudoLabel|}")]
    [InlineData("PiModel")]
    public Task Positions(string scheme) => Verify.Diagnostics("using Dsl;\n" + $$"""
        [Model(12, 4), Linear(10)]
        public partial class Tagger;
        [Trainer<Tagger>, CrossEntropy(PerPosition = true), {{scheme}}, Adam(1e-3), Epochs(10)]
        public partial class TaggerTrainer;
        """);

    private static Task Check(string parts) => Verify.Diagnostics(Source(parts));

    private static string Source(string parts) => "using Dsl;\n" + Parts + $$"""
        [Trainer<Net>, {{parts}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """;
}
