using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of networks that grow.</summary>
public class GrowthDiagnosticTests
{
    private const string Parts = """
        using Dsl;
        [Model(6), Linear(48), Reshape(3, 4, 4), LeakyReLU(0.2), Tag("at4"), Conv2d(1, 1), Upsample(2), Tag("from4")]
        [From("at4"), Upsample(2), Conv2d(2, 3, Padding = 1), LeakyReLU(0.2), Conv2d(1, 1), FadeIn("from4", 1)]
        public partial class Painter;
        [Model(1, 8, 8), Tag("at8"), AvgPool2d(2), Conv2d(3, 1), LeakyReLU(0.2), Tag("read4")]
        [From("at8"), Conv2d(3, 3, Padding = 1), LeakyReLU(0.2), AvgPool2d(2), FadeIn("read4", 1), Flatten, Linear(1)]
        public partial class Judge;
        [Model(1, 8, 8), Flatten, Linear(4), LeakyReLU(0.2), Linear(1)]
        public partial class PlainJudge;
        [Model(1, 8, 8), Tag("at8"), AvgPool2d(2), Conv2d(3, 1), LeakyReLU(0.2), Tag("read4")]
        [From("at8"), Conv2d(3, 3, Padding = 1), LeakyReLU(0.2), AvgPool2d(2), FadeIn("read4", 2), Flatten, Linear(1)]
        public partial class SecondAlone;
        [Model(6), Linear(8), Tag("small"), Tanh, Linear(8), FadeIn("small", 1), Linear(3)]
        public partial class Rows;
        [Model(1, 7, 7), Tag("at7"), Conv2d(1, 3, Padding = 1), FadeIn("at7", 1), Flatten, Linear(3)]
        public partial class Odd;
        [Model(1, 8, 8), Tag("at8"), Conv2d(1, 3, Padding = 1), FadeIn("at8", 1), Flatten, Linear(3)]
        public partial class Even;

        """;

    [Theory]
    [InlineData("Gan<Judge>, ProgressiveGrowing(100, 100)")]
    [InlineData("Gan<PlainJudge>, ProgressiveGrowing(200, 200), WeightAverage")]
    [InlineData("{|DSL481:WganGp<Judge>|}, ProgressiveGrowing(200, 200)")]
    [InlineData("Gan<SecondAlone>, {|DSL544:ProgressiveGrowing(100, 100)|}")]
    [InlineData("Gan<Judge>, {|DSL546:ProgressiveGrowing(200, 201)|}")]
    [InlineData("Gan<Judge>, ProgressiveGrowing({|DSL105:0|}, 100)")]
    [InlineData("Gan<Judge>, ProgressiveGrowing(100, {|DSL105:0|})")]
    public Task Adversaries(string parts) => Verify.Diagnostics($$"""
        {{Parts}}
        [Trainer<Painter>, {{parts}}, Steps(400)]
        [Adam(1e-3), Adam(1e-3, For = "{{(parts.Contains("Wgan", StringComparison.Ordinal) ? "Critic" : "Discriminator")}}")]
        public partial class PainterTrainer;
        """);

    [Theory]
    [InlineData("[Trainer<Even>, CrossEntropy, Adam(1e-3), ProgressiveGrowing(10, 10), Epochs(5)]")]
    [InlineData("[{|DSL545:Trainer<Even>|}, CrossEntropy, Adam(1e-3), Epochs(5)]")]
    [InlineData("[Trainer<Odd>, CrossEntropy, Adam(1e-3), {|DSL547:ProgressiveGrowing(10, 10)|}, Epochs(5)]")]
    [InlineData("[Trainer<Rows>, CrossEntropy, Adam(1e-3), {|DSL547:ProgressiveGrowing(10, 10)|}, Epochs(5)]")]
    [InlineData("[Trainer<PlainJudge>, MeanSquaredError, Adam(1e-3), {|DSL544:ProgressiveGrowing(10, 10)|}, Epochs(5)]")]
    [InlineData("[Trainer<Even>, CrossEntropy, {|DSL368:ScheduleFreeAdamW(1e-3)|}, ProgressiveGrowing(10, 10), Epochs(5)]")]
    public Task Objectives(string trainer) => Verify.Diagnostics($$"""
        {{Parts}}
        {{trainer}}
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("[Model(8), Tag(\"t\"), Linear(8), FadeIn(\"t\", 1)]")]
    [InlineData("[Model(8), Tag(\"t\"), Linear(8), FadeIn({|DSL209:\"s\"|}, 1)]")]
    [InlineData("[Model(8), Tag(\"t\"), Linear(7), FadeIn({|DSL305:\"t\"|}, 1)]")]
    [InlineData("[Model(8), Tag(\"t\"), Linear(8), FadeIn(\"t\", {|DSL105:0|})]")]
    [InlineData("[Model(8), Tag(\"t\"), Linear(8), FadeIn(\"t\", {|DSL105:17|})]")]
    public Task Layers(string stack) => Verify.Diagnostics($$"""
        using Dsl;
        {{stack}}
        public partial class Net;
        """);
}
