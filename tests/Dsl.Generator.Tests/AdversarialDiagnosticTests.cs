using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of trainers with two networks: shapes, optimizers, and what stands beside them.</summary>
public class AdversarialDiagnosticTests
{
    private const string Parts = """
        [Model(16), Linear(32), ReLU, Linear(64), Reshape(1, 8, 8)]
        public partial class Painter;
        [Model(1, 8, 8), Flatten, Linear(16), LeakyReLU(0.2), Linear(1)]
        public partial class Judge;
        [Model(1, 8, 8), Flatten, Linear(2)]
        public partial class TwoLogits;
        [Model(1, 7, 7), Flatten, Linear(1)]
        public partial class Smaller;
        [Model(1, 8, 8), Conv2d(4, 3, Bias = false), BatchNorm2d, ReLU, Flatten, Linear(1)]
        public partial class Normed;
        [Model(12, Elements = Elements.Index), Embedding(20, 4), Flatten, Linear(64), Reshape(1, 8, 8)]
        public partial class Reader;
        [Augmentation, RandomShift(1)]
        public partial class Weak;
        [Model(16), Input("digit", Elements = Elements.Index), Tag("noise"), From("digit"), Embedding(10, 4), Tag("what")]
        [From("noise"), Concat("what"), Linear(64), Reshape(1, 8, 8)]
        public partial class Labelled;
        [Model(1, 8, 8), Input("digit", Elements = Elements.Index), Flatten, Tag("sample"), From("digit"), Embedding(10, 4)]
        [Tag("what"), From("sample"), Concat("what"), Linear(1)]
        public partial class LabelledJudge;
        [Model(1, 8, 8), Input("digit", Elements = Elements.Index), Flatten, Tag("sample"), From("digit"), Embedding(9, 4)]
        [Tag("what"), From("sample"), Concat("what"), Linear(1)]
        public partial class TooFewRows;

        """;

    [Theory]
    [InlineData("Gan<Judge>, Adam(1e-3), Adam(1e-3, For = \"Discriminator\")")]
    [InlineData("Gan<Judge>, Adam(1e-3), Adam(1e-3, For = \"Discriminator\"), Checkpoint({|DSL419:KeepBest = true|})")]
    [InlineData("Gan<Normed>, Sgd(0.1), Adam(1e-3, For = \"Discriminator\"), WeightAverage(Decay = 0.9), ClipGradNorm(1)")]
    [InlineData("{|DSL481:WganGp<Judge>|}, Adam(1e-3), Adam(1e-3, For = \"Critic\"), ClipGradValue(1), Cosine")]
    [InlineData("{|DSL481:Gan<Judge>(R1 = 10)|}, Adam(1e-3), Adam(1e-3, For = \"Discriminator\")")]
    [InlineData("Wgan<Normed>, RmsProp(5e-5), RmsProp(5e-5, For = \"Critic\")")]
    public Task Right(string parts) => Check(parts);

    [Theory]
    [InlineData("{|DSL480:Gan<TwoLogits>|}, Adam(1e-3), Adam(1e-3, For = \"Discriminator\")")]
    [InlineData("{|DSL480:Gan<Smaller>|}, Adam(1e-3), Adam(1e-3, For = \"Discriminator\")")]
    [InlineData("{|DSL480:WganGp<Normed>|}, Adam(1e-3), Adam(1e-3, For = \"Critic\")")]
    [InlineData("{|DSL480:Gan<Painter>|}, Adam(1e-3), Adam(1e-3, For = \"Discriminator\")")]
    [InlineData("{|DSL201:Gan<Weak>|}, Adam(1e-3), Adam(1e-3, For = \"Discriminator\")")]
    [InlineData("{|DSL201:Gan<string>|}, Adam(1e-3), Adam(1e-3, For = \"Discriminator\")")]
    [InlineData("WganGp<Judge>({|DSL105:CriticSteps = 0|}), Adam(1e-3), Adam(1e-3, For = \"Critic\")")]
    [InlineData("Wgan<Judge>({|DSL105:Clip = 0|}), Adam(1e-3), Adam(1e-3, For = \"Critic\")")]
    [InlineData("{|DSL480:Wgan<TwoLogits>|}, Adam(1e-3), Adam(1e-3, For = \"Critic\")")]
    [InlineData("Gan<Judge>({|DSL105:R1 = -1|}), Adam(1e-3), Adam(1e-3, For = \"Discriminator\")")]
    [InlineData("{|DSL480:Gan<Normed>(R1 = 10)|}, Adam(1e-3), Adam(1e-3, For = \"Discriminator\")")]
    [InlineData("Gan<Judge>({|DSL480:Label = \"digit\"|}), Adam(1e-3), Adam(1e-3, For = \"Discriminator\")")]
    [InlineData("Wgan<Judge>({|DSL480:Classes = 10|}), Adam(1e-3), Adam(1e-3, For = \"Critic\")")]
    public Task Networks(string parts) => Check(parts);

    [Theory]
    [InlineData("Labelled", "Gan<LabelledJudge>(Label = \"digit\", Classes = 10)")]
    [InlineData("Labelled", "{|DSL481:Gan<LabelledJudge>(Label = \"digit\", Classes = 10, R1 = 1)|}")]
    [InlineData("Labelled", "Gan<Judge>({|DSL480:Label = \"digit\"|}, Classes = 10)")]
    [InlineData("Painter", "Gan<LabelledJudge>({|DSL480:Label = \"digit\"|}, Classes = 10)")]
    [InlineData("Labelled", "Gan<TooFewRows>({|DSL480:Label = \"digit\"|}, Classes = 10)")]
    [InlineData("Labelled", "{|DSL408:{|DSL408:Gan<LabelledJudge>|}|}")]
    [InlineData("Labelled", "{|DSL408:{|DSL408:Gan<LabelledJudge>(Label = \"class\", Classes = 10)|}|}")]
    public Task Labels(string generator, string scheme) => Verify.Diagnostics("using Dsl;\n" + Parts + $$"""
        [Trainer<{{generator}}>, {{scheme}}, Adam(1e-3), Adam(1e-3, For = "Discriminator"), Epochs(10)]
        public partial class LabelledTrainer;
        """);

    [Theory]
    [InlineData("ToLight", "CycleGan<Judge, Judge, ToDark>")]
    [InlineData("ToLight", "CycleGan<Judge, Judge, ToLight>(Cycle = 5, Identity = 0, History = 0)")]
    [InlineData("ToLight", "{|DSL480:CycleGan<Smaller, Judge, ToDark>|}")]
    [InlineData("ToLight", "{|DSL480:CycleGan<Judge, Smaller, ToDark>|}")]
    [InlineData("ToLight", "{|DSL480:CycleGan<Judge, Judge, ToColor>|}")]
    [InlineData("ToColor", "{|DSL480:CycleGan<ColorJudge, Judge, ToGray>|}")]
    [InlineData("ToColor", "CycleGan<ColorJudge, Judge, ToGray>({|DSL480:Identity = 0.1|})")]
    [InlineData("ToColor", "CycleGan<ColorJudge, Judge, ToGray>(Identity = 0)")]
    [InlineData("ToLight", "CycleGan<Judge, Judge, ToDark>({|DSL105:Cycle = -1|})")]
    [InlineData("ToLight", "CycleGan<Judge, Judge, ToDark>({|DSL105:History = -1|})")]
    public Task Cycles(string generator, string scheme) => Verify.Diagnostics("using Dsl;\n" + Parts + $$"""
        [Model(1, 8, 8), Conv2d(1, 3, Padding = 1)]
        public partial class ToLight;
        [Model(1, 8, 8), Conv2d(1, 3, Padding = 1), Tanh]
        public partial class ToDark;
        [Model(1, 8, 8), Conv2d(3, 3, Padding = 1)]
        public partial class ToColor;
        [Model(3, 8, 8), Conv2d(1, 3, Padding = 1)]
        public partial class ToGray;
        [Model(3, 8, 8), Conv2d(1, 3, Padding = 1)]
        public partial class ColorJudge;
        [Trainer<{{generator}}>, {{scheme}}, Adam(1e-3), Adam(1e-3, For = "Discriminator"), Adam(1e-3, For = "SourceDiscriminator")]
        [Epochs(10)]
        public partial class LightTrainer;
        """);

    [Fact]
    public Task Noise_is_no_index() => Verify.Diagnostics("using Dsl;\n" + Parts + """
        [Trainer<Reader>, {|DSL480:Gan<Judge>|}, Adam(1e-3), Adam(1e-3, For = "Discriminator"), Epochs(10)]
        public partial class ReaderTrainer;
        """);

    [Theory]
    [InlineData("{|DSL523:Gan<Judge>|}, Adam(1e-3)")]
    [InlineData("{|DSL523:WganGp<Judge>|}, Adam(1e-3)")]
    [InlineData("{|DSL523:Gan<Judge>|}, Adam(1e-3), Adam(1e-3, {|DSL522:For = \"discriminator\"|})")]
    [InlineData("{|DSL523:WganGp<Judge>|}, Adam(1e-3), Adam(1e-3, {|DSL522:For = \"Discriminator\"|})")]
    [InlineData("{|DSL523:Gan<Judge>|}, Adam(1e-3), {|DSL502:Sgd(0.1)|}")]
    [InlineData("Gan<Judge>, Adam(1e-3), Adam(1e-3, For = \"Discriminator\"), {|DSL502:Sgd(0.1, For = \"Discriminator\")|}")]
    [InlineData("CrossEntropy, Adam(1e-3), Adam(1e-3, {|DSL522:For = \"Discriminator\"|})")]
    public Task Optimizers(string parts) => Check(parts);

    [Fact]
    public Task The_model_has_one_too() => Verify.Diagnostics("using Dsl;\n" + Parts + """
        [Trainer<Painter>, Gan<Judge>, Adam(1e-3, For = "Discriminator"), Epochs(10)]
        public partial class {|DSL501:PainterTrainer|};
        """);

    [Theory]
    [InlineData("{|DSL403:MeanSquaredError|}")]
    [InlineData("{|DSL403:Accumulate(2)|}")]
    [InlineData("{|DSL403:EarlyStopping(Metric.Loss)|}")]
    [InlineData("{|DSL403:OnNonFinite(NonFinite.SkipStep)|}")]
    [InlineData("{|DSL403:WganGp<Judge>|}, Adam(1e-3, For = \"Critic\")")]
    public Task Beside_it(string other) => Check($"Gan<Judge>, {other}, Adam(1e-3), Adam(1e-3, For = \"Discriminator\")");

    [Fact]
    public Task A_generator_is_libtorchs() => Verify.Diagnostics("""
        using Dsl;
        [Model(16), Linear(64), Reshape(1, 8, 8)]
        public partial class {|DSL203:Generator|};
        """);

    private static Task Check(string parts) => Verify.Diagnostics("using Dsl;\n" + Parts + $$"""
        [Trainer<Painter>, {{parts}}, Epochs(10)]
        public partial class PainterTrainer;
        """);
}
