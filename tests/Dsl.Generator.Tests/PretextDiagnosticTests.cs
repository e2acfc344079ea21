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
        [Augmentation, RandomShift(1)]
        public partial class Crop;
        [Trainer<{{model}}>, {{parts}}, Sgd(0.03, Momentum = 0.9), Epochs(10)]
        public partial class NetTrainer;
        """);
}
