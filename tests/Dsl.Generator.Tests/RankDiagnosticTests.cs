using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What several processes can share, what they cannot, and what is another thing on a part of a batch.</summary>
public class RankDiagnosticTests
{
    [Theory]
    [InlineData("CrossEntropy, DataParallel")]
    [InlineData("CrossEntropy, DataParallel, Accumulate(2), ClipGradNorm(1), WeightAverage, EarlyStopping(Metric.Loss)")]
    [InlineData("CrossEntropy(ClassWeights = [1, 2, 3, 4]), Mixup, OnNonFinite(NonFinite.RollBack), DataParallel")]
    [InlineData("CrossEntropy, SharpnessAware, TrainingAccuracy, DataParallel")]
    [InlineData("CrossEntropy, FixMatch<Crop, Crop>, DataParallel")]
    [InlineData("CrossEntropy, Focal, {|DSL480:{|DSL481:PcGrad|}|}, DataParallel")]
    [InlineData("SimClr<Crop, Crop>, {|DSL526:DataParallel|}")]
    [InlineData("BarlowTwins<Crop, Crop>, {|DSL526:DataParallel|}")]
    [InlineData("Triplet, SamplesPerClass(4), {|DSL526:DataParallel|}")]
    [InlineData("MoCo<Crop, Crop>, {|DSL524:DataParallel|}")]
    [InlineData("CrossEntropy, Ewc, {|DSL524:DataParallel|}")]
    [InlineData("VariationalAutoencoder<Head>(Capacity = 3), {|DSL403:DataParallel|}")]
    public Task What_ranks_share(string parts) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(1, 8, 8), Conv2d(4, 3), ReLU, Tag("image"), Flatten, Linear(4)]
        public partial class Net;
        [Model(4), Linear(12), ReLU, Linear(8)]
        public partial class Head;
        [Augmentation, RandomShift(1)]
        public partial class Crop;
        [Trainer<Net>, {{parts}}, Sgd(0.03, Momentum = 0.9), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("Adam(1e-3), ClipGradNorm(1), WeightAverage, Accumulate(2)", "DataParallel(ShardOptimizer = true)")]
    [InlineData("Lamb(1e-3)", "DataParallel({|DSL621:ShardOptimizer = true|})")]
    [InlineData("Lars(0.1)", "DataParallel({|DSL621:ShardOptimizer = true|})")]
    [InlineData("Muon(0.02)", "DataParallel({|DSL621:ShardOptimizer = true|})")]
    [InlineData("Sgd(0.03)", "DataParallel({|DSL621:ShardOptimizer = true|})")]
    [InlineData("AdamW(1e-3), SharpnessAware", "DataParallel({|DSL621:ShardOptimizer = true|})")]
    [InlineData("AdamW(1e-3), Lookahead", "DataParallel({|DSL621:ShardOptimizer = true|})")]
    [InlineData("AdamW(1e-3), OnNonFinite(NonFinite.SkipStep)", "DataParallel({|DSL621:ShardOptimizer = true|})")]
    [InlineData("ScheduleFreeAdamW(1e-3)", "DataParallel({|DSL621:ShardOptimizer = true|})")]
    public Task What_of_an_optimizer_ranks_share_out(string update, string parts) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(1, 8, 8), Conv2d(4, 3), ReLU, Flatten, Linear(4)]
        public partial class Net;
        [Trainer<Net>, CrossEntropy, {{parts}}, {{update}}, Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("Sgd(0.1), ClipGradNorm(1), OnNonFinite(NonFinite.SkipStep)", "DataParallel(Overlap = true)")]
    [InlineData("Sgd(0.1), Accumulate(2)", "DataParallel({|DSL622:Overlap = true|})")]
    [InlineData("Sgd(0.1), SharpnessAware", "DataParallel({|DSL622:Overlap = true|})")]
    [InlineData("Sgd(0.1), FixMatch<Crop, Crop>", "DataParallel(Overlap = true)")]
    [InlineData("Adam(1e-3)", "DataParallel({|DSL622:Overlap = true|}, ShardOptimizer = true)")]
    public Task What_ranks_sum_beside(string update, string parts) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(1, 8, 8), Conv2d(4, 3), ReLU, Flatten, Linear(4)]
        public partial class Net;
        [Augmentation, RandomShift(1)]
        public partial class Crop;
        [Trainer<Net>, CrossEntropy, {{parts}}, {{update}}, Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("BatchNorm2d, ReLU", "{|DSL525:DataParallel|}")]
    [InlineData("BatchNorm2d(Synchronized = true), ReLU", "DataParallel")]
    [InlineData("GroupNorm(2), ReLU", "DataParallel")]
    public Task What_layers_measure(string layers, string parts) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(1, 8, 8), Conv2d(4, 3, Bias = false), {{layers}}, Flatten, Linear(4)]
        public partial class Net;
        [Trainer<Net>, CrossEntropy, {{parts}}, Sgd(0.03, Momentum = 0.9), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Fact]
    public Task Networks_that_play_against_each_other() => Verify.Diagnostics("""
        using Dsl;
        [Model(16), Linear(32), ReLU, Linear(64), Reshape(1, 8, 8)]
        public partial class Painter;
        [Model(1, 8, 8), Flatten, Linear(16), LeakyReLU(0.2), Linear(1)]
        public partial class Judge;
        [Trainer<Painter>, Gan<Judge>, Adam(1e-3), Adam(1e-3, For = "Discriminator"), {|DSL403:DataParallel|}, Epochs(10)]
        public partial class PainterTrainer;
        """);

    [Fact]
    public Task A_network_that_acts() => Verify.Diagnostics("""
        using Dsl;
        [Model(4), Linear(32), ReLU, Linear(2)]
        public partial class Values;
        [Trainer<Values>, Reinforce, Adam(1e-3), {|DSL403:DataParallel|}, Steps(10)]
        public partial class ValuesTrainer;
        """);

    [Fact]
    public async Task Both_targets_compile()
    {
        const string source = """
            using Dsl;

            namespace Demo;

            [Model(8), Linear(16), LayerNorm, Dropout(0.1), ReLU, Linear(4)]
            public partial class Net;

            [Trainer<Net>, CrossEntropy, DataParallel, Accumulate(2), ClipGradNorm(1), TrainingAccuracy, Adam]
            public partial class Several;

            [Trainer<Net>, CrossEntropy, DataParallel(Overlap = true), Adam]
            public partial class Overlapping;

            [Trainer<Net>, CrossEntropy, DataParallel(ShardOptimizer = true), ClipGradNorm(1), AdamW(1e-3, WeightDecay = 0.1)]
            public partial class Sharing;

            [Trainer<Net>(Backward = Backward.Autograd), CrossEntropy, DataParallel(ShardOptimizer = true), Lion(1e-4)]
            public partial class SharingAutograd;

            [Trainer<Net>, CrossEntropy, Distill, DataParallel, Lamb(1e-3), OnNonFinite(NonFinite.SkipStep)]
            [EarlyStopping(Metric.Loss), Epochs(3)]
            public partial class Watched;

            [ImageFolder(3, 32, 32, Resize = ImageResize.Crop), Standardize]
            public partial record Drawing([Label("circle", "cross", "square")] string? Shape = null);

            [Model<Drawing>, Conv2d(16, 3), ReLU, MaxPool2d(2), Flatten, Linear]
            public partial class Pictures;

            [Trainer<Pictures>, CrossEntropy, DataParallel, Accumulate(2), Adam(1e-3), Epochs(15), BatchSize(16)]
            public partial class PicturesTrainer;

            """;
        await Verify.Compiles(source);
        await Verify.Compiles(source, ("build_property.DslBackward", "autograd"));
    }

    [Fact]
    public Task Ranks() => Verify.Snapshot("""
        using Dsl;

        namespace Demo;

        [Model(8), Linear(16), ReLU, Linear(4)]
        public partial class Net;

        [Trainer<Net>, CrossEntropy, Sgd(0.1), ClipGradNorm(1), DataParallel, Checkpoint, Epochs(3)]
        public partial class Shared;

        """);

    [Fact]
    public void A_trainer_of_one_process_has_nothing_of_ranks()
    {
        foreach (var (_, file) in Declared.Generate(Samples.All).Where(file => file.Key.Contains(".Trainer.")))
            Assert.DoesNotContain("Ranks", file);
    }
}
