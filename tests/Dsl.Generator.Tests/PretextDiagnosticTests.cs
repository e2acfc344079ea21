using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of pretext tasks: what the network takes, and what the head behind it takes and gives.</summary>
public class PretextDiagnosticTests
{
    [Theory]
    [InlineData("Net", "Rotation<Turns>")]
    [InlineData("Net", "Rotation<Turns>, Accumulate(2), Cosine, ClipGradNorm(1), OnNonFinite(NonFinite.RollBack)")]
    [InlineData("Net", "{|DSL480:Rotation<Eight>|}")]
    [InlineData("Net", "{|DSL480:Rotation<WideTurns>|}")]
    [InlineData("Net", "{|DSL480:Rotation<NetDecoder>|}")]
    [InlineData("Oblong", "{|DSL480:Rotation<Turns>|}")]
    [InlineData("Row", "{|DSL480:Rotation<Turns>|}")]
    [InlineData("Net", "{|DSL201:Rotation<Crop>|}")]
    [InlineData("Net", "Rotation<Turns>, {|DSL403:CrossEntropy|}")]
    [InlineData("Net", "Rotation<Turns>, {|DSL403:Augment<Crop>|}")]
    [InlineData("Net", "Rotation<Turns>, {|DSL403:SimClr<Crop, Crop>|}")]
    [InlineData("Net", "Rotation<Turns>, {|DSL480:Projection<Turns>|}")]
    [InlineData("Net", "Rotation<Turns>, {|DSL403:EarlyStopping(Metric.Loss)|}")]
    public Task Rotations(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Net", "DenoisingAutoencoder<NetDecoder>")]
    [InlineData("Net", "DenoisingAutoencoder<NetDecoder>(Masking = 0), WeightAverage(Decay = 0.9)")]
    [InlineData("Row", "DenoisingAutoencoder<RowDecoder>(Masking = 0.2, Deviation = 0.1), Accumulate(2)")]
    [InlineData("Net", "DenoisingAutoencoder<NetDecoder>({|DSL105:Masking = 1|})")]
    [InlineData("Net", "DenoisingAutoencoder<NetDecoder>({|DSL105:Deviation = -0.1|})")]
    [InlineData("Net", "{|DSL480:DenoisingAutoencoder<RowDecoder>|}")]
    [InlineData("Row", "{|DSL480:DenoisingAutoencoder<NetDecoder>|}")]
    [InlineData("Words", "{|DSL480:DenoisingAutoencoder<RowDecoder>|}")]
    [InlineData("Net", "DenoisingAutoencoder<NetDecoder>, {|DSL403:Rotation<Turns>|}")]
    [InlineData("Net", "{|DSL403:MeanSquaredError|}, DenoisingAutoencoder<NetDecoder>")]
    public Task Autoencoders(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Net", "RelativePosition<Places>")]
    [InlineData("Net", "RelativePosition<Places>(Grid = 5, Jitter = 3), Accumulate(2)")]
    [InlineData("Net", "RelativePosition<Places>({|DSL105:Grid = 2|})")]
    [InlineData("Net", "RelativePosition<Places>({|DSL105:Jitter = -1|})")]
    [InlineData("Net", "{|DSL480:RelativePosition<Eight>|}")]
    [InlineData("Net", "{|DSL480:RelativePosition<Pair>|}")]
    [InlineData("Row", "{|DSL480:RelativePosition<Places>|}")]
    [InlineData("Map", "{|DSL480:RelativePosition<MapHead>|}")]
    [InlineData("Net", "Jigsaw<Orders>")]
    [InlineData("Net", "{|DSL480:Jigsaw<Orders>(Permutations = 6)|}")]
    [InlineData("Net", "Jigsaw<Orders>({|DSL480:Permutations = 25|})")]
    [InlineData("Net", "Jigsaw<Orders>({|DSL105:Grid = 4|})")]
    [InlineData("Net", "{|DSL480:{|DSL480:Jigsaw<Places>|}|}")]
    [InlineData("Row", "{|DSL480:Jigsaw<Orders>|}")]
    [InlineData("Net", "{|DSL403:Augment<Crop>|}, Jigsaw<Orders>")]
    public Task Patches(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Seen", "MaskedAutoencoder<Restore>")]
    [InlineData("Seen", "MaskedAutoencoder<Restore>(Patch = 2, NormalizeTargets = true), Accumulate(2)")]
    [InlineData("Seen", "MaskedAutoencoder<Restore>({|DSL105:Ratio = 1|})")]
    [InlineData("Seen", "{|DSL480:MaskedAutoencoder<Restore>(Ratio = 0.5)|}")]
    [InlineData("Seen", "{|DSL480:MaskedAutoencoder<Restore>(Ratio = 0.99)|}")]
    [InlineData("Seen", "{|DSL480:MaskedAutoencoder<Restore>(Ratio = 0.01)|}")]
    [InlineData("Seen", "{|DSL480:MaskedAutoencoder<Restore>(Patch = 3)|}")]
    [InlineData("Seen", "{|DSL480:MaskedAutoencoder<Narrow>|}")]
    [InlineData("Seen", "{|DSL480:MaskedAutoencoder<RowDecoder>|}")]
    [InlineData("Seen", "{|DSL480:MaskedAutoencoder<Apart>|}")]
    [InlineData("SeenFlat", "{|DSL480:MaskedAutoencoder<Restore>|}")]
    [InlineData("Row", "{|DSL480:MaskedAutoencoder<Restore>|}")]
    [InlineData("SeenOnes", "MaskedAutoencoder<RestoreOnes>(Ratio = 0.5)")]
    [InlineData("SeenOnes", "{|DSL480:MaskedAutoencoder<RestoreOnes>(Ratio = 0.5, NormalizeTargets = true)|}")]
    [InlineData("SeenOnes", "{|DSL480:MaskedAutoencoder<RestoreOnes>(Ratio = 0.5, Patch = 1)|}")]
    [InlineData("Seen", "MaskedAutoencoder<Restore>, {|DSL403:MeanSquaredError|}")]
    [InlineData("Seen", "MaskedAutoencoder<Restore>, {|DSL403:Probe|}")]
    public Task MaskedAutoencoders(string model, string parts) => Check(model, parts);

    // A token of a masked autoencoder comes with its place.
    [Theory]
    [InlineData("SelfAttention(2)", "MaskedAutoencoder<Restore>")]
    [InlineData("{|DSL612:SelfAttention(2)|}", "Autoencoder<Whole>")]
    public Task Places_of_seen_tokens(string attention, string scheme) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(4, 20), Linear(6), {{attention}}, Linear(20)]
        public partial class Seen;
        [Model(16, 21), PositionalEmbedding, SelfAttention(3), Linear(4)]
        public partial class Restore;
        [Model(4, 20), Linear(20)]
        public partial class Whole;
        [Trainer<Seen>, {{scheme}}, Adam(1e-3), Epochs(2)]
        public partial class SeenTrainer;
        """);

    [Theory]
    [InlineData("Series", "Cpc<Past, Futures>(Horizons = 3)")]
    [InlineData("Series", "Cpc<CausalPast, Futures>(Horizons = 3), ClipGradNorm(1)")]
    [InlineData("Series", "{|DSL480:Cpc<Past, Futures>|}")]
    [InlineData("Series", "{|DSL480:Cpc<Past, Futures>(Horizons = 2)|}")]
    [InlineData("Series", "{|DSL480:Cpc<Past, Futures>(Horizons = 6)|}")]
    [InlineData("Series", "Cpc<Past, Futures>({|DSL105:Horizons = 0|})")]
    [InlineData("Series", "{|DSL480:Cpc<BothWays, Futures>(Horizons = 3)|}")]
    [InlineData("Series", "{|DSL480:Cpc<AllSeeing, Futures>(Horizons = 3)|}")]
    [InlineData("Series", "{|DSL480:Cpc<Turns, Futures>(Horizons = 3)|}")]
    [InlineData("Series", "{|DSL480:Cpc<Windows, Futures>(Horizons = 3)|}")]
    [InlineData("Series", "Cpc<PastWindows, Futures>(Horizons = 3)")]
    [InlineData("Net", "{|DSL480:Cpc<Past, Futures>(Horizons = 3)|}")]
    [InlineData("Series", "Cpc<Past, Futures>(Horizons = 3), {|DSL480:Projection<Turns>|}")]
    public Task PredictiveCoding(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Words", "SentenceOrder<Two>")]
    [InlineData("Words", "SentenceOrder<Two>(Start = 2), Accumulate(2)")]
    [InlineData("Words", "{|DSL480:SentenceOrder<Two>(Start = 1)|}")]
    [InlineData("Words", "{|DSL480:SentenceOrder<Two>(Start = 6)|}")]
    [InlineData("Words", "SentenceOrder<Two>({|DSL105:Start = -1|})")]
    [InlineData("Words", "{|DSL480:SentenceOrder<Turns>|}")]
    [InlineData("Words", "NextSentence<Two>(Start = 2)")]
    [InlineData("Row", "NextSentence<Two>")]
    [InlineData("Words", "{|DSL480:NextSentence<Two>(Start = 3)|}")]
    [InlineData("Words", "{|DSL480:NextSentence<Eight>|}")]
    [InlineData("Words", "NextSentence<Two>, {|DSL403:SentenceOrder<Two>|}")]
    public Task Sentences(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Row", "TemporalOrder<Pair>(2)")]
    [InlineData("Row", "{|DSL480:TemporalOrder<Pair>(3)|}")]
    [InlineData("Row", "TemporalOrder<Orders>(4, Permutations = 24)")]
    [InlineData("Row", "TemporalOrder<Pair>(2, {|DSL480:Permutations = 3|})")]
    [InlineData("Row", "TemporalOrder<Pair>({|DSL105:1|})")]
    [InlineData("Map", "{|DSL480:{|DSL480:TemporalOrder<MapHead>(2)|}|}")]
    public Task Frames(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("GrayNet", "Colorization<Colors>(Bins = 3)")]
    [InlineData("GrayNet", "Colorization<Colors>(Bins = 3), Accumulate(2)")]
    [InlineData("GrayNet", "{|DSL480:Colorization<Colors>|}")]
    [InlineData("GrayNet", "Colorization<Colors>({|DSL105:Bins = 1|})")]
    [InlineData("Oblong", "{|DSL480:{|DSL480:Colorization<Colors>(Bins = 3)|}|}")]
    [InlineData("ColorNet", "{|DSL480:Colorization<Colors>(Bins = 3)|}")]
    [InlineData("Uneven", "{|DSL480:Colorization<UnevenColors>(Bins = 3)|}")]
    public Task Colorizations(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Net", "Clip<Caption>")]
    [InlineData("Net", "Clip<Caption>(Temperature = 0.1, LeastTemperature = 0.02), Accumulate(2), WeightAverage(Decay = 0.9)")]
    [InlineData("Words", "{|DSL480:Clip<Net>|}, Projection<Two>")]
    [InlineData("Words", "Clip<Two>, Projection<Two>")]
    [InlineData("Net", "Clip<Caption>({|DSL480:Temperature = 0.005|})")]
    [InlineData("Net", "Clip<Caption>({|DSL105:LeastTemperature = 0|})")]
    [InlineData("Net", "{|DSL480:Clip<Two>|}")]
    [InlineData("Map", "{|DSL480:Clip<Caption>|}")]
    [InlineData("Net", "{|DSL201:Clip<Crop>|}")]
    [InlineData("Net", "Clip<Caption>, {|DSL403:CrossEntropy|}")]
    public Task Pairs(string model, string parts) => Check(model, parts);

    [Theory]
    [InlineData("Segments", "Cola<Two16>(6)")]
    [InlineData("Segments", "Cola<Two16>(3), Accumulate(2)")]
    [InlineData("Segments", "{|DSL480:Cola<Two16>(2)|}")]
    [InlineData("Segments", "Cola<Two16>({|DSL105:0|})")]
    [InlineData("Segments", "{|DSL480:Cola<Two>(6)|}")]
    [InlineData("Segments", "Cola<Two16>(6), {|DSL403:CrossEntropy|}")]
    [InlineData("Net", "Siamese")]
    [InlineData("Net", "Siamese(Margin = 2), Accumulate(2), WeightAverage(Decay = 0.9)")]
    [InlineData("Net", "Siamese({|DSL105:Margin = 0|})")]
    [InlineData("Map", "{|DSL480:Siamese|}")]
    [InlineData("Net", "Siamese, {|DSL403:CrossEntropy|}")]
    [InlineData("Net", "Dino<Crop, Crop>, Projection<Eight>")]
    [InlineData("Net", "Dino<Crop, Crop>({|DSL105:TeacherTemperature = 0|})")]
    [InlineData("Net", "Dino<Crop, Crop>({|DSL105:CenterDecay = 1|})")]
    public Task Contrasts(string model, string parts) => Check(model, parts);

    private static Task Check(string model, string parts) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(1, 8, 8), Conv2d(4, 3), ReLU, Flatten, Linear(16)]
        public partial class Net;
        [Model(1, 8, 6), Flatten, Linear(16)]
        public partial class Oblong;
        [Model(12), Linear(16)]
        public partial class Row;
        [Model(6, Elements = Elements.Index), Embedding(20, 4), Flatten, Linear(16)]
        public partial class Words;
        [Model(16), Linear(4)]
        public partial class Turns;
        [Model(12), Linear(4)]
        public partial class WideTurns;
        [Model(16), Linear(8)]
        public partial class Eight;
        [Model(16), Linear(64), Reshape(1, 8, 8)]
        public partial class NetDecoder;
        [Model(16), Linear(12)]
        public partial class RowDecoder;
        [Model(1, 8, 8), Conv2d(4, 3)]
        public partial class Map;
        [Model(4, 6, 6), Flatten, Linear(8)]
        public partial class MapHead;
        [Model(32), Linear(8)]
        public partial class Places;
        [Model(32), Linear(2)]
        public partial class Pair;
        [Model(64), Linear(24)]
        public partial class Orders;
        [Model(4, 20), Linear(5), LayerNorm]
        public partial class Seen;
        [Model(4, 20), Flatten, Linear(5)]
        public partial class SeenFlat;
        [Model(16, 6), Linear(8), PositionalEmbedding, SelfAttention(1), LayerNorm, Linear(4)]
        public partial class Restore;
        [Model(16, 6), Linear(8), PositionalEmbedding, ReLU, RMSNorm, Linear(4)]
        public partial class Apart;
        [Model(16, 5), Linear(8), ReLU, Linear(4)]
        public partial class Narrow;
        [Model(3, 7), Linear(5)]
        public partial class SeenOnes;
        [Model(6, 6), Gru(3), Linear(1)]
        public partial class RestoreOnes;
        [Model(6, 3), Linear(4)]
        public partial class Series;
        [Model(6, 4), Gru(5)]
        public partial class Past;
        [Model(6, 4), Linear(5), PositionalEmbedding, SelfAttention(1, Causal = true)]
        public partial class CausalPast;
        [Model(6, 4), Linear(5), PositionalEmbedding, SelfAttention(1)]
        public partial class AllSeeing;
        [Model(6, 4), Permute(2, 1), Conv1d(5, 3, Padding = 1), Permute(2, 1)]
        public partial class Windows;
        [Model(6, 4), Permute(2, 1), TemporalConv(5, 3), Permute(2, 1)]
        public partial class PastWindows;
        [Model(6, 4), Gru(5, Bidirectional = true), Linear(5)]
        public partial class BothWays;
        [Model(6, 5), Linear(12, Bias = false)]
        public partial class Futures;
        [Model(16), Linear(2)]
        public partial class Two;
        [Model(16), Linear(16, Bias = false)]
        public partial class Two16;
        [Model(3, 4), Flatten, Linear(16)]
        public partial class Segments;
        [Model(5, Elements = Elements.Index), Embedding(20, 4), Flatten, Linear(16)]
        public partial class Caption;
        [Model(1, 8, 8), Conv2d(4, 3, Stride = 2, Padding = 1)]
        public partial class GrayNet;
        [Model(3, 8, 8), Conv2d(4, 3, Stride = 2, Padding = 1)]
        public partial class ColorNet;
        [Model(4, 4, 4), Conv2d(9, 1)]
        public partial class Colors;
        [Model(1, 8, 8), Conv2d(4, 3)]
        public partial class Uneven;
        [Model(4, 6, 6), Conv2d(9, 2)]
        public partial class UnevenColors;
        [Augmentation, RandomShift(1)]
        public partial class Crop;
        [Trainer<{{model}}>, {{parts}}, Sgd(0.03, Momentum = 0.9), Epochs(10)]
        public partial class NetTrainer;
        """);
}
