using System.Threading.Tasks;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Detectors: what they read of a model, and what stands beside them.</summary>
public class DetectionDiagnosticTests
{
    [Theory]
    [InlineData("Ssd(Maps = new[] { 8 }, Scales = new[] { 0.3, 0.6 })")]
    [InlineData("Ssd({|DSL487:Maps = new[] { 4 }|}, Scales = new[] { 0.3, 0.6 })")]
    [InlineData("Ssd({|DSL487:Maps = new[] { 8, 1 }|}, Scales = new[] { 0.3, 0.6, 0.9 })")]
    [InlineData("Ssd({|DSL487:Maps = new[] { 8 }|}, Scales = new[] { 0.3, 0.6 }, Ratios = new[] { 1.0 })")]
    [InlineData("{|DSL489:Ssd|}")]
    [InlineData("{|DSL489:Ssd(Maps = new[] { 8 }, Scales = new[] { 0.3 })|}")]
    [InlineData("{|DSL489:Ssd(Maps = new[] { 8, 0 }, Scales = new[] { 0.3, 0.6, 0.9 })|}")]
    [InlineData("{|DSL489:Ssd(Maps = new[] { 8 }, Scales = new[] { 0.3, 1.6 })|}")]
    [InlineData("{|DSL489:Ssd(Maps = new[] { 8 }, Scales = new[] { 0.3, 0.6 }, Ratios = new[] { 1.0, 0.0 })|}")]
    [InlineData("Ssd(Maps = new[] { 8 }, Scales = new[] { 0.3, 0.6 }, {|DSL105:Threshold = 0|})")]
    [InlineData("{|DSL488:Yolo(8)|}")]
    [InlineData("{|DSL480:Ssd(Maps = new[] { 8 }, Scales = new[] { 0.3, 0.6 })|}, Accumulate(2)")]
    [InlineData("Ssd(Maps = new[] { 8 }, Scales = new[] { 0.3, 0.6 }), {|DSL413:MeanSquaredError|}")]
    [InlineData("Ssd(Maps = new[] { 8 }, Scales = new[] { 0.3, 0.6 }), {|DSL403:Mixup|}")]
    [InlineData("Ssd(Maps = new[] { 8 }, Scales = new[] { 0.3, 0.6 }), {|DSL428:Augment<Flips>|}")]
    [InlineData("Ssd(Maps = new[] { 8 }, Scales = new[] { 0.3, 0.6 }), EarlyStopping({|DSL419:Metric.Accuracy|})")]
    public Task Priors(string objectives) => Verify.Diagnostics($$"""
        using Dsl;
        [Augmentation, HorizontalFlip]
        public partial class Flips;
        [Model(3, 32, 32), Conv2d(8, 3, Stride = 4, Padding = 1), ReLU]
        [Conv2d(4 * 7, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 7)]
        public partial class Net;
        [Trainer<Net>, {{objectives}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("Conv2d(13, 3, Stride = 2, Padding = 1)", "Yolo(4)")]
    [InlineData("Conv2d(13, 3, Stride = 2, Padding = 1)", "Yolo(4, Boxes = 1)")]
    [InlineData("Conv2d(13, 3, Stride = 2, Padding = 1)", "{|DSL488:Yolo(3)|}")]
    [InlineData("Conv2d(13, 3, Stride = 2, Padding = 1)", "{|DSL488:Yolo(4, Boxes = 3)|}")]
    [InlineData("Conv2d(13, 3, Stride = 2, Padding = 1)", "Yolo({|DSL105:0|})")]
    [InlineData("Conv2d(13, 3, Stride = 2, Padding = 1)", "Yolo(4), Accumulate(2)")]
    [InlineData("Flatten, Linear(4 * 4 * 13)", "Yolo(4)")]
    [InlineData("Flatten, Linear(4 * 4 * 13)", "Yolo(4), {|DSL428:Augment<Flips>|}")]
    [InlineData("Flatten, Linear(4 * 4 * 10)", "{|DSL488:Yolo(4)|}")]
    [InlineData("Flatten, Linear(200)", "{|DSL488:Yolo(4)|}")]
    [InlineData("Flatten, Linear(13)", "{|DSL488:Ssd(Maps = new[] { 1 }, Scales = new[] { 0.3, 0.6 })|}")]
    public Task Grids(string end, string objective) => Verify.Diagnostics($$"""
        using Dsl;
        [Augmentation, HorizontalFlip]
        public partial class Flips;
        [Model(3, 32, 32), Conv2d(8, 3, Stride = 4, Padding = 1), ReLU, {{end}}]
        public partial class Net;
        [Trainer<Net>, {{objective}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("RetinaNet(Maps = new[] { 8 }, Scales = new[] { 0.3 })")]
    [InlineData("RetinaNet(Maps = new[] { 8 }, Scales = new[] { 0.3 }, Background = 0.5)")]
    [InlineData("RetinaNet(Maps = new[] { 8 }, Scales = new[] { 0.9 }, ScalesPerOctave = 1, "
        + "Ratios = new[] { 1, .5, 2, .3, 3, .2, 5, .1, 9 })")]
    [InlineData("RetinaNet({|DSL487:Maps = new[] { 4 }|}, Scales = new[] { 0.3 })")]
    [InlineData("RetinaNet({|DSL487:Maps = new[] { 8 }|}, Scales = new[] { 0.3 }, ScalesPerOctave = 2)")]
    [InlineData("RetinaNet({|DSL487:Maps = new[] { 8 }|}, Scales = new[] { 0.3 }, Ratios = new[] { 1.0 })")]
    [InlineData("{|DSL489:RetinaNet|}")]
    [InlineData("{|DSL489:RetinaNet(Maps = new[] { 8 }, Scales = new[] { 0.3, 0.6 })|}")]
    [InlineData("{|DSL489:RetinaNet(Maps = new[] { 8 }, Scales = new[] { 0.7 })|}")]
    [InlineData("{|DSL489:RetinaNet(Maps = new[] { 0 }, Scales = new[] { 0.3 })|}")]
    [InlineData("{|DSL489:RetinaNet(Maps = new[] { 8 }, Scales = new[] { 0.3 }, Ratios = new[] { 1.0, -1.0, 2.0 })|}")]
    [InlineData("{|DSL489:RetinaNet(Maps = new[] { 8 }, Scales = new[] { 0.3 }, Background = 0.6)|}")]
    [InlineData("RetinaNet(Maps = new[] { 8 }, Scales = new[] { 0.3 }, {|DSL105:Alpha = 1|})")]
    [InlineData("RetinaNet(Maps = new[] { 8 }, Scales = new[] { 0.3 }, {|DSL105:ScalesPerOctave = 0|})")]
    [InlineData("{|DSL480:RetinaNet(Maps = new[] { 8 }, Scales = new[] { 0.3 })|}, Accumulate(2)")]
    [InlineData("Detr")]
    [InlineData("Detr({|DSL105:NoObjectWeight = 0|})")]
    [InlineData("{|DSL480:Detr|}, Accumulate(2)")]
    [InlineData("Detr, {|DSL428:Augment<Flips>|}")]
    public Task Anchors_and_queries(string objectives) => Verify.Diagnostics($$"""
        using Dsl;
        [Augmentation, HorizontalFlip]
        public partial class Flips;
        [Model(3, 32, 32), Conv2d(8, 3, Stride = 4, Padding = 1), ReLU]
        [Conv2d(9 * 7, 3, Padding = 1), Permute(2, 3, 1), Reshape(-1, 7)]
        public partial class Net;
        [Trainer<Net>, {{objectives}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);

    [Theory]
    [InlineData("Flatten, Linear(90)", "{|DSL488:Detr|}")]
    [InlineData("Reshape(64, 8), Linear(5)", "{|DSL488:Detr|}")]
    [InlineData("Reshape(64, 8), Linear(6)", "Detr")]
    [InlineData("Reshape(64, 8), Linear(4)", "{|DSL488:RetinaNet(Maps = new[] { 8 }, Scales = new[] { 0.3 })|}")]
    public Task Rows(string end, string objective) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(3, 32, 32), Conv2d(8, 3, Stride = 4, Padding = 1), ReLU, {{end}}]
        public partial class Net;
        [Trainer<Net>, {{objective}}, Adam(1e-3), Epochs(10)]
        public partial class NetTrainer;
        """);
}
