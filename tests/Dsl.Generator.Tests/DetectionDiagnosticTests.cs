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
}
