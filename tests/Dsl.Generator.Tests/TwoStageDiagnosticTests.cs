using System.Threading.Tasks;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Detectors of two stages: networks that fit each other, anchors, and what stands beside them.</summary>
public class TwoStageDiagnosticTests
{
    [Theory]
    [InlineData("FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 })")]
    [InlineData("FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 }, OffsetWeight = 2), ClipGradNorm(1)")]
    [InlineData("FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 }), EarlyStopping(Metric.Loss)")]
    [InlineData("FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 }), EarlyStopping({|DSL419:Metric.Accuracy|})")]
    [InlineData("{|DSL489:FasterRcnn<Proposer, RegionHead>|}")]
    [InlineData("{|DSL489:FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 1.5 })|}")]
    [InlineData("{|DSL489:FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 }, Ratios = new[] { 1, 0.0, 2 })|}")]
    [InlineData("{|DSL489:FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 }, AnchorThreshold = 0.2)|}")]
    [InlineData("{|DSL489:FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 }, Proposals = 64)|}")]
    [InlineData("{|DSL480:FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3 })|}")]
    [InlineData("{|DSL480:FasterRcnn<WideProposer, RegionHead>(Scales = new[] { 0.3, 0.5 })|}")]
    [InlineData("{|DSL480:FasterRcnn<Proposer, OtherFeatures>(Scales = new[] { 0.3, 0.5 })|}")]
    [InlineData("{|DSL480:FasterRcnn<Proposer, NoSquare>(Scales = new[] { 0.3, 0.5 })|}")]
    [InlineData("{|DSL480:FasterRcnn<Proposer, Classes>(Scales = new[] { 0.3, 0.5 })|}")]
    [InlineData("{|DSL480:FasterRcnn<Proposer, OneNumber>(Scales = new[] { 0.3, 0.5 })|}")]
    [InlineData("FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 }, {|DSL105:SampledAnchors = 1|})")]
    [InlineData("FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 }, {|DSL105:Points = 0|})")]
    [InlineData("FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 }), {|DSL403:CrossEntropy|}")]
    [InlineData("FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 }), {|DSL403:Accumulate(2)|}")]
    [InlineData("FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 }), {|DSL403:Augment<Flips>|}")]
    public Task Networks(string scheme) => Verify.Diagnostics(Source("Net", scheme));

    [Fact]
    public Task A_backbone_without_a_map() => Verify.Diagnostics(
        Source("Flat", "{|DSL480:FasterRcnn<Proposer, RegionHead>(Scales = new[] { 0.3, 0.5 })|}"));

    private static string Source(string model, string scheme) => $$"""
        using Dsl;
        [Augmentation, HorizontalFlip]
        public partial class Flips;
        [Model(3, 32, 32), Conv2d(8, 3, Stride = 4, Padding = 1), ReLU]
        public partial class Net;
        [Model(3, 32, 32), Flatten, Linear(8), ReLU]
        public partial class Flat;
        [Model(8, 8, 8), Conv2d(6 * 5, 1), Permute(2, 3, 1), Reshape(-1, 5)]
        public partial class Proposer;
        [Model(8, 8, 8), Conv2d(6 * 6, 1), Permute(2, 3, 1), Reshape(-1, 6)]
        public partial class WideProposer;
        [Model(8, 7, 7), Flatten, Linear(11)]
        public partial class RegionHead;
        [Model(4, 7, 7), Flatten, Linear(11)]
        public partial class OtherFeatures;
        [Model(8, 7, 5), Flatten, Linear(11)]
        public partial class NoSquare;
        [Model(8, 7, 7), Flatten, Linear(10)]
        public partial class Classes;
        [Model(8, 7, 7), Flatten, Linear(1)]
        public partial class OneNumber;
        [Trainer<{{model}}>, {{scheme}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """;
}
