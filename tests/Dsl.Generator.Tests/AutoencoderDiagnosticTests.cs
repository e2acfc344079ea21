using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of autoencoders: what the network gives, what the decoder takes and gives, what contradicts.</summary>
public class AutoencoderDiagnosticTests
{
    [Theory]
    [InlineData("Net", "Autoencoder<NetDecoder>")]
    [InlineData("Row", "Autoencoder<RowDecoder>(Likelihood = Likelihood.Bernoulli), Accumulate(2), ClipGradNorm(1)")]
    [InlineData("Net", "Autoencoder<NetDecoder>(Sparsity = 0.1), Accumulate(2)")]
    [InlineData("Net", "Autoencoder<NetDecoder>({|DSL105:Sparsity = -1|})")]
    [InlineData("Net", "{|DSL480:Autoencoder<RowDecoder>|}")]
    [InlineData("Row", "{|DSL480:Autoencoder<NetDecoder>|}")]
    [InlineData("Words", "{|DSL480:Autoencoder<RowDecoder>|}")]
    [InlineData("Net", "{|DSL480:Autoencoder<HalfDecoder>|}")]
    [InlineData("Net", "{|DSL201:Autoencoder<Crop>|}")]
    [InlineData("Net", "Autoencoder<NetDecoder>, {|DSL403:MeanSquaredError|}")]
    [InlineData("Net", "Autoencoder<NetDecoder>, {|DSL403:Augment<Crop>|}")]
    [InlineData("Net", "Autoencoder<NetDecoder>, {|DSL403:DenoisingAutoencoder<NetDecoder>|}")]
    [InlineData("Net", "Autoencoder<NetDecoder>, {|DSL403:EarlyStopping(Metric.Loss)|}")]
    public Task Plain(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>(Beta = 0), Accumulate(2), OnNonFinite(NonFinite.RollBack)")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>(RampUpEpochs = 10)")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>(RampUpSteps = 500), WeightAverage(Decay = 0.9)")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>(Likelihood = Likelihood.Gaussian, Deviation = 0.1)")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>({|DSL480:Deviation = 0.1|})")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>(Likelihood = Likelihood.Gaussian, {|DSL105:Deviation = 0|})")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>({|DSL105:Beta = -1|})")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>(Beta = 1000, Capacity = 25, RampUpEpochs = 10)")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>({|DSL105:Capacity = -1|})")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>(Capacity = 25), {|DSL403:Accumulate(2)|}")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>({|DSL507:RampUpEpochs = 11|})")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>(RampUpEpochs = 2, {|DSL504:RampUpSteps = 20|})")]
    [InlineData("Net", "{|DSL480:VariationalAutoencoder<NetDecoder>|}")]
    [InlineData("Net", "{|DSL480:VariationalAutoencoder<HalfRow>|}")]
    [InlineData("Odd", "{|DSL480:{|DSL480:VariationalAutoencoder<HalfDecoder>|}|}")]
    [InlineData("Map", "{|DSL480:{|DSL480:VariationalAutoencoder<HalfDecoder>|}|}")]
    [InlineData("Words", "{|DSL480:VariationalAutoencoder<HalfRow>|}")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>, {|DSL403:BinaryCrossEntropy|}")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>, {|DSL403:Autoencoder<HalfDecoder>|}")]
    [InlineData("Labelled", "VariationalAutoencoder<LabelledDecoder>(Label = \"digit\", Classes = 10)")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>({|DSL480:Label = \"digit\"|})")]
    [InlineData("Net", "VariationalAutoencoder<HalfDecoder>({|DSL480:Classes = 10|})")]
    [InlineData("Net", "VariationalAutoencoder<LabelledDecoder>({|DSL480:Label = \"digit\"|}, Classes = 10)")]
    [InlineData("Labelled", "VariationalAutoencoder<HalfDecoder>({|DSL480:Label = \"digit\"|}, Classes = 10)")]
    [InlineData("Labelled", "VariationalAutoencoder<LabelledDecoder>({|DSL480:{|DSL480:Label = \"digit\"|}|}, Classes = 11)")]
    [InlineData("Labelled", "{|DSL408:{|DSL408:VariationalAutoencoder<LabelledDecoder>|}|}")]
    public Task Variational(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Net", "VectorQuantizedAutoencoder<NetDecoder>(64)")]
    [InlineData("Map", "VectorQuantizedAutoencoder<MapDecoder>(64, Likelihood = Likelihood.Bernoulli), Accumulate(2)")]
    [InlineData("Net", "VectorQuantizedAutoencoder<NetDecoder>({|DSL105:1|})")]
    [InlineData("Net", "VectorQuantizedAutoencoder<NetDecoder>(64, {|DSL105:Commitment = -1|})")]
    [InlineData("Net", "VectorQuantizedAutoencoder<NetDecoder>(64, {|DSL105:Decay = 1|})")]
    [InlineData("Net", "VectorQuantizedAutoencoder<NetDecoder>(64, {|DSL105:Restart = 1|})")]
    [InlineData("Net", "{|DSL480:VectorQuantizedAutoencoder<HalfDecoder>(64)|}")]
    [InlineData("Net", "{|DSL480:VectorQuantizedAutoencoder<RowDecoder>(64)|}")]
    [InlineData("Net", "VectorQuantizedAutoencoder<NetDecoder>(64), {|DSL403:Autoencoder<NetDecoder>|}")]
    public Task Quantized(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Net", "{|DSL481:ContractiveAutoencoder<NetDecoder>|}")]
    [InlineData("Row", "{|DSL481:ContractiveAutoencoder<RowDecoder>(Contraction = 0.01)|}, Accumulate(2)")]
    [InlineData("Net", "ContractiveAutoencoder<NetDecoder>({|DSL105:Contraction = 0|})")]
    [InlineData("Net", "{|DSL480:ContractiveAutoencoder<RowDecoder>|}")]
    [InlineData("Map", "{|DSL480:ContractiveAutoencoder<MapDecoder>|}")]
    [InlineData("Normalized", "{|DSL480:ContractiveAutoencoder<NetDecoder>|}")]
    [InlineData("Net", "ContractiveAutoencoder<NetDecoder>, {|DSL403:MeanSquaredError|}")]
    public Task Contractive(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Net", "HierarchicalVariationalAutoencoder<Second, FirstPrior, HalfDecoder>")]
    [InlineData("Net", "HierarchicalVariationalAutoencoder<Second, FirstPrior, HalfDecoder>(RampUpEpochs = 5), Accumulate(2)")]
    [InlineData("Net", "HierarchicalVariationalAutoencoder<Second, FirstPrior, HalfDecoder>({|DSL480:Deviation = 0.1|})")]
    [InlineData("Net", "HierarchicalVariationalAutoencoder<Second, FirstPrior, HalfDecoder>({|DSL507:RampUpEpochs = 11|})")]
    [InlineData("Odd", "{|DSL480:HierarchicalVariationalAutoencoder<Second, FirstPrior, HalfDecoder>|}")]
    [InlineData("Net", "{|DSL480:HierarchicalVariationalAutoencoder<Second, FirstPrior, NetDecoder>|}")]
    [InlineData("Net", "{|DSL480:HierarchicalVariationalAutoencoder<Second, FirstPrior, HalfRow>|}")]
    [InlineData("Net", "{|DSL480:HierarchicalVariationalAutoencoder<Second, Wide, HalfDecoder>|}")]
    [InlineData("Net", "{|DSL480:{|DSL480:HierarchicalVariationalAutoencoder<Third, FirstPrior, HalfDecoder>|}|}")]
    [InlineData("Net", "ThreeLevelVariationalAutoencoder<Second, Third, FirstPrior, SecondPrior, HalfDecoder>(Beta = 2)")]
    [InlineData("Net",
        "{|DSL480:{|DSL480:ThreeLevelVariationalAutoencoder<Second, Third, FirstPrior, Wide, HalfDecoder>|}|}")]
    [InlineData("Net", "HierarchicalVariationalAutoencoder<Second, FirstPrior, HalfDecoder>, {|DSL403:BinaryCrossEntropy|}")]
    public Task Hierarchical(string model, string parts) => Check(model, parts);

    private static Task Check(string model, string parts) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(1, 8, 8), Conv2d(4, 3), ReLU, Flatten, Linear(16)]
        public partial class Net;
        [Model(1, 8, 8), Conv2d(4, 3, Bias = false), BatchNorm2d, ReLU, Flatten, Linear(16)]
        public partial class Normalized;
        [Model(1, 8, 8), Flatten, Linear(15)]
        public partial class Odd;
        [Model(1, 8, 8), Conv2d(4, 3)]
        public partial class Map;
        [Model(4, 6, 6), Flatten, Linear(64), Reshape(1, 8, 8)]
        public partial class MapDecoder;
        [Model(12), Linear(16)]
        public partial class Row;
        [Model(6, Elements = Elements.Index), Embedding(20, 4), Flatten, Linear(16)]
        public partial class Words;
        [Model(16), Linear(64), Reshape(1, 8, 8)]
        public partial class NetDecoder;
        [Model(16), Linear(12)]
        public partial class RowDecoder;
        [Model(8), Linear(64), Reshape(1, 8, 8)]
        public partial class HalfDecoder;
        [Model(8), Linear(12)]
        public partial class HalfRow;
        [Model(1, 8, 8), Input("digit", Elements = Elements.Index), Tag("image"), From("digit"), Embedding(10, 4), Tag("which")]
        [From("image"), Flatten, Concat("which"), Linear(16)]
        public partial class Labelled;
        [Model(8), Input("digit", Elements = Elements.Index), Tag("code"), From("digit"), Embedding(10, 4), Tag("which")]
        [From("code"), Concat("which"), Linear(64), Reshape(1, 8, 8)]
        public partial class LabelledDecoder;
        [Model(8), Linear(6)]
        public partial class Second;
        [Model(3), Linear(4)]
        public partial class Third;
        [Model(3), Linear(16)]
        public partial class FirstPrior;
        [Model(3), Linear(14)]
        public partial class Wide;
        [Model(2), Linear(6)]
        public partial class SecondPrior;
        [Augmentation, RandomShift(1)]
        public partial class Crop;
        [Trainer<{{model}}>, {{parts}}, Sgd(0.03, Momentum = 0.9), Epochs(10)]
        public partial class NetTrainer;
        """);
}
