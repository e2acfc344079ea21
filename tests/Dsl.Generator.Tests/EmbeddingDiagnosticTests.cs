using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of schemes of embeddings with heads, and of objectives of embeddings.</summary>
public class EmbeddingDiagnosticTests
{
    [Theory]
    [InlineData("SimClr<Crop, Crop>")]
    [InlineData("SimClr<Crop, Crop>, Projection<Head>")]
    [InlineData("Swav<Crop, Crop>(8), Projection<Head>, Accumulate(2)")]
    [InlineData("Projection<Head>, SimClr<Crop, Crop>, Probe(Every = 2)")]
    [InlineData("SimSiam<Crop, Crop, Predictor>, Projection<Head>, Cosine, ClipGradNorm(1), Accumulate(2)")]
    [InlineData("Byol<Crop, Crop, Wide>, OnNonFinite(NonFinite.RollBack)")]
    [InlineData("BarlowTwins<Crop, Crop>, Projection<Head>, WeightAverage(Decay = 0.9)")]
    [InlineData("VicReg<Crop, Crop>({|DSL105:VarianceWeight = -1|})")]
    [InlineData("SimClr<Crop, Crop>({|DSL105:Temperature = 0|})")]
    [InlineData("Swav<Crop, Crop>({|DSL105:1|})")]
    [InlineData("Swav<Crop, Crop>(8, {|DSL105:Epsilon = 0|})")]
    [InlineData("Swav<Crop, Crop>(8, {|DSL105:Iterations = 0|})")]
    [InlineData("{|DSL480:Swav<Crop, Crop>(8)|}, Projection<Number>")]
    [InlineData("Swav<Crop, Crop>(8), {|DSL403:SimClr<Crop, Crop>|}")]
    [InlineData("Byol<Crop, Crop, Wide>({|DSL105:Ema = 1|})")]
    [InlineData("DeepCluster<Crop, Wide>(16)")]
    [InlineData("{|DSL480:DeepCluster<Crop, Wide>(10)|}")]
    [InlineData("DeepCluster<Crop, Wide>({|DSL105:1|})")]
    [InlineData("DeepCluster<Crop, Wide>(16, {|DSL105:Every = 0|})")]
    [InlineData("InstanceDiscrimination<Crop>, Projection<Head>, Accumulate(2), OnNonFinite(NonFinite.RollBack)")]
    [InlineData("InstanceDiscrimination<Crop>(Negatives = 0)")]
    [InlineData("InstanceDiscrimination<Crop>({|DSL105:Negatives = -1|})")]
    [InlineData("InstanceDiscrimination<Crop>({|DSL105:Momentum = 1|})")]
    [InlineData("{|DSL480:InstanceDiscrimination<Crop>|}, Projection<Number>")]
    [InlineData("InstanceDiscrimination<Crop>, {|DSL403:SimClr<Crop, Crop>|}")]
    [InlineData("{|DSL480:SimSiam<Crop, Crop, Predictor>|}")]
    [InlineData("{|DSL480:Byol<Crop, Crop, Head>|}")]
    [InlineData("SimClr<Crop, Crop>, {|DSL480:Projection<Predictor>|}")]
    [InlineData("{|DSL480:SimClr<Crop, Crop>|}, Projection<Number>")]
    [InlineData("{|DSL201:SimSiam<Crop, Crop, Crop>|}")]
    [InlineData("{|DSL202:SimSiam<Crop, Predictor, Wide>|}")]
    [InlineData("SimClr<Crop, Crop>, {|DSL403:Byol<Crop, Crop, Wide>|}")]
    [InlineData("{|DSL403:CrossEntropy|}, SimClr<Crop, Crop>, Projection<Head>")]
    [InlineData("CrossEntropy, {|DSL480:Projection<Head>|}")]
    [InlineData("SimClr<Crop, Crop>, {|DSL403:EarlyStopping(Metric.Loss)|}")]
    [InlineData("SimClr<Crop, Crop>, {|DSL480:SamplesPerClass(4)|}")]
    [InlineData("SimClr<Crop, Crop>, Probe({|DSL409:Of = \"feature\"|})")]
    public Task Heads(string parts) => Check(parts);

    [Theory]
    [InlineData("Dropout(0.1), ", "SimCse")]
    [InlineData("Dropout(0.1), ", "SimCse, Projection<Head>, Accumulate(2)")]
    [InlineData("PositionalEmbedding, TransformerEncoderLayer(2, 8, Dropout = 0.1), ", "SimCse")]
    [InlineData("", "{|DSL480:SimCse|}")]
    [InlineData("Dropout(0), ", "{|DSL480:SimCse|}")]
    [InlineData("PositionalEmbedding, TransformerEncoderLayer(2, 8, Dropout = 0), ", "{|DSL480:SimCse|}")]
    [InlineData("Dropout(0.1), ", "SimCse({|DSL105:Temperature = 0|})")]
    [InlineData("Dropout(0.1), ", "{|DSL480:SimCse|}, Projection<Number>")]
    [InlineData("Dropout(0.1), ", "SimCse, {|DSL403:CrossEntropy|}")]
    public Task Passes_of_tokens_with_dropout(string dropout, string parts) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(6, Elements = Elements.Index), Embedding(9, 4), {{dropout}}Flatten, Linear(16)]
        public partial class Sentences;
        [Model(16), Linear(8)]
        public partial class Head;
        [Model(16), Linear(1)]
        public partial class Number;
        [Trainer<Sentences>, {{parts}}, Adam(1e-3), Epochs(10)]
        public partial class SentencesTrainer;
        """);

    [Theory]
    [InlineData("Triplet, SamplesPerClass(4)")]
    [InlineData("{|DSL617:Triplet|}")]
    [InlineData("{|DSL617:ContrastivePairs|}, EarlyStopping(Metric.Loss)")]
    [InlineData("Triplet, SamplesPerClass(4), EarlyStopping({|DSL419:Metric.Accuracy|})")]
    [InlineData("NPair, SamplesPerClass(2)")]
    [InlineData("{|DSL480:NPair|}")]
    [InlineData("{|DSL480:NPair|}, SamplesPerClass(4)")]
    [InlineData("Prototypical, SamplesPerClass(8)")]
    [InlineData("{|DSL480:Prototypical|}")]
    [InlineData("{|DSL480:Prototypical(Shots = 8)|}, SamplesPerClass(8)")]
    [InlineData("Prototypical({|DSL105:Shots = 0|}), SamplesPerClass(4)")]
    [InlineData("Triplet, {|DSL480:SamplesPerClass(5)|}")]
    [InlineData("Triplet, {|DSL480:SamplesPerClass(64)|}")]
    [InlineData("Triplet, SamplesPerClass({|DSL105:0|})")]
    [InlineData("Triplet({|DSL105:Margin = 0|}), SamplesPerClass(4)")]
    [InlineData("Triplet(Soft = true, {|DSL419:Margin = 0.5|}), SamplesPerClass(4)")]
    [InlineData("Triplet, SamplesPerClass(4), {|DSL403:Mixup|}")]
    [InlineData("CrossEntropy, Triplet(Of = \"features\", Weight = 0.5), SamplesPerClass(4)")]
    [InlineData("{|DSL480:Triplet(Of = \"image\")|}, SamplesPerClass(4)")]
    [InlineData("Triplet, SamplesPerClass(4), {|DSL413:MeanSquaredError|}")]
    [InlineData("MeanSquaredError, {|DSL480:SamplesPerClass(4)|}")]
    public Task Metric_objectives(string parts) => Check(parts);

    private static Task Check(string parts) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(1, 8, 8), Conv2d(4, 3), ReLU, Tag("image"), Flatten, Linear(16), Tag("features"), ReLU, Linear(16)]
        public partial class Net;
        [Model(16), Linear(12), ReLU, Linear(8)]
        public partial class Head;
        [Model(16), Linear(1)]
        public partial class Number;
        [Model(8), Linear(4), ReLU, Linear(8)]
        public partial class Predictor;
        [Model(16), Linear(4), ReLU, Linear(16)]
        public partial class Wide;
        [Augmentation, RandomShift(1)]
        public partial class Crop;
        [Trainer<Net>, {{parts}}, Sgd(0.03, Momentum = 0.9), Epochs(10)]
        public partial class NetTrainer;
        """);
}
