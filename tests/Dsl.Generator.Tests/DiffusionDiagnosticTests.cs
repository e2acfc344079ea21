using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of diffusion models: what networks take and return, schedules, labels, layers of a time.</summary>
public class DiffusionDiagnosticTests
{
    private const string Parts = """
        [Model(8), Input("time", Elements = Elements.Index), Tag("x"), From("time"), TimestepEmbedding(4), Tag("t")]
        [From("x"), Concat("t"), Linear(8)]
        public partial class Denoiser;
        [Model(8), Linear(8)]
        public partial class Timeless;
        [Model(8), Input("step", Elements = Elements.Index), Tag("x"), From("step"), Embedding(1000, 4), Tag("t")]
        [From("x"), Concat("t"), Linear(8)]
        public partial class Stepped;
        [Model(8), Input("time"), Tag("x"), From("time"), TimestepEmbedding(4), Tag("t"), From("x"), Concat("t"), Linear(8)]
        public partial class RealTime;
        [Model(8), Input("time", Elements = Elements.Index), Tag("x"), From("time"), Embedding(10, 4), Tag("t")]
        [From("x"), Concat("t"), Linear(8)]
        public partial class FewTimes;
        [Model(8), Input("time", Elements = Elements.Index), Tag("x"), From("time"), TimestepEmbedding(4), Tag("t")]
        [From("x"), Concat("t"), Linear(7)]
        public partial class Smaller;
        [Model(8, Elements = Elements.Index), Input("time", Elements = Elements.Index)]
        [Embedding(20, 4), Flatten, Tag("x"), From("time"), TimestepEmbedding(4), Tag("t"), From("x"), Concat("t"), Linear(8)]
        public partial class Reader;
        [Model(8), Input("time", Elements = Elements.Index), Input("digit", Elements = Elements.Index), Tag("x")]
        [From("time"), TimestepEmbedding(4), Tag("t"), From("digit"), Embedding(11, 4), Concat("t"), Tag("both")]
        [From("x"), Concat("both"), Linear(8)]
        public partial class Labelled;

        """;

    [Theory]
    [InlineData("Denoiser", "Diffusion")]
    [InlineData("Denoiser", "Diffusion(Levels = 100, FirstBeta = 1e-3, LastBeta = 0.2), WeightAverage(Decay = 0.99)")]
    [InlineData("Denoiser", "Diffusion(Schedule = NoiseSchedule.Cosine, Target = DiffusionTarget.Velocity, MinSnr = 5)")]
    [InlineData("Denoiser", "Diffusion(Variance = SamplingVariance.Posterior, Clip = 1), Accumulate(2)")]
    [InlineData("Stepped", "Diffusion(Time = \"step\")")]
    [InlineData("Labelled", "Diffusion(Label = \"digit\", Classes = 10)")]
    public Task Right(string model, string scheme) => Check(model, scheme);

    [Theory]
    [InlineData("Timeless", "{|DSL480:Diffusion|}")]
    [InlineData("RealTime", "{|DSL480:Diffusion|}")]
    [InlineData("FewTimes", "{|DSL480:Diffusion|}")]
    [InlineData("Smaller", "{|DSL480:Diffusion|}")]
    [InlineData("Reader", "{|DSL480:Diffusion|}")]
    [InlineData("Stepped", "{|DSL408:Diffusion|}")]
    [InlineData("Labelled", "{|DSL408:Diffusion|}")]
    [InlineData("Denoiser", "Diffusion({|DSL480:Label = \"digit\"|}, Classes = 10)")]
    [InlineData("Labelled", "Diffusion({|DSL480:Label = \"digit\"|}, Classes = 11)")]
    [InlineData("Labelled", "Diffusion({|DSL480:Label = \"digit\"|})")]
    [InlineData("Labelled", "Diffusion({|DSL480:Classes = 10|})")]
    [InlineData("Labelled", "Diffusion(Label = \"time\", {|DSL480:Classes = 10|})")]
    public Task Networks(string model, string scheme) => Check(model, scheme);

    [Theory]
    [InlineData("Diffusion({|DSL641:Levels = 100|})")]
    [InlineData("{|DSL641:Diffusion(LastBeta = 0.008)|}")]
    [InlineData("Diffusion({|DSL480:FirstBeta = 0.03|})")]
    [InlineData("Diffusion({|DSL480:FirstBeta = 0.03|}, LastBeta = 0.03)")]
    [InlineData("Diffusion(Schedule = NoiseSchedule.Cosine, {|DSL480:LastBeta = 0.03|})")]
    [InlineData("Diffusion({|DSL105:Levels = 1|})")]
    [InlineData("Diffusion({|DSL105:FirstBeta = 0|})")]
    [InlineData("Diffusion({|DSL105:LastBeta = 1|})")]
    [InlineData("Diffusion({|DSL105:MinSnr = -1|})")]
    [InlineData("Diffusion({|DSL105:Clip = -1|})")]
    [InlineData("Diffusion({|DSL105:LabelDropout = 1|})")]
    public Task Arguments(string scheme) => Check("Denoiser", scheme);

    [Theory]
    [InlineData("RealTime", "FlowMatching(Sigma = 1e-4, Solver = OdeSolver.Euler)")]
    [InlineData("Denoiser", "{|DSL480:FlowMatching|}")]
    [InlineData("Timeless", "{|DSL480:FlowMatching|}")]
    [InlineData("RealTime", "FlowMatching({|DSL480:Label = \"digit\"|}, Classes = 10)")]
    [InlineData("RealTime", "FlowMatching({|DSL480:Classes = 10|})")]
    [InlineData("RealTime", "FlowMatching({|DSL105:Sigma = 1|})")]
    [InlineData("RealTime", "FlowMatching, {|DSL403:L1|}")]
    [InlineData("RealTime", "FlowMatching, {|DSL403:Diffusion|}")]
    public Task Flows(string model, string scheme) => Check(model, scheme);

    [Theory]
    [InlineData("{|DSL403:MeanSquaredError|}")]
    [InlineData("{|DSL403:EarlyStopping(Metric.Loss)|}")]
    [InlineData("{|DSL403:Mixup|}")]
    public Task Beside_it(string other) => Check("Denoiser", $"Diffusion, {other}");

    [Theory]
    [InlineData("[Model(8), Input(\"t\"), From(\"t\"), TimestepEmbedding({|DSL313:5|})]")]
    [InlineData("[Model(8), {|DSL301:TimestepEmbedding(4)|}]")]
    [InlineData("[Model(8), Tag(\"x\"), Linear(6), Tag(\"t\"), From(\"x\"), FiLM({|DSL313:\"t\"|})]")]
    [InlineData("[Model(2, 3, 3), Tag(\"x\"), Flatten, Linear(4), Tag(\"t\"), From(\"x\"), FiLM(\"t\")]")]
    [InlineData("[Model(2, 3, 3), Tag(\"x\"), Flatten, Linear(2), Tag(\"t\"), From(\"x\"), FiLM({|DSL313:\"t\"|})]")]
    [InlineData("[Model(8), FiLM({|DSL209:\"t\"|})]")]
    public Task Layers(string layers) => Verify.Diagnostics("using Dsl;\n" + layers + "\npublic partial class Net;");

    private static Task Check(string model, string scheme) => Verify.Diagnostics("using Dsl;\n" + Parts + $$"""
        [Trainer<{{model}}>, {{scheme}}, Adam(1e-3), Epochs(10)]
        public partial class DenoiserTrainer;
        """);
}
