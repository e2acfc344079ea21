using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Diagnostics of trainers without objectives.</summary>
public class ContrastiveDiagnosticTests
{
    [Theory]
    [InlineData("MoCo<Crop, Crop>(Queue = 128)")]
    [InlineData("MoCo<Crop, Far>(Queue = 100), WeightAverage(Decay = 0.9), Accumulate(2)")]
    [InlineData("MoCo<Crop, Crop>({|DSL480:Queue = 63|})")]
    [InlineData("MoCo<Crop, Crop>(Queue = 63), BatchSize(63)")]
    [InlineData("MoCo<Crop, Crop>({|DSL105:Queue = 0|})")]
    [InlineData("MoCo<Crop, Crop>({|DSL105:Temperature = 0|})")]
    [InlineData("MoCo<Crop, Crop>({|DSL105:Momentum = 1|})")]
    [InlineData("{|DSL202:MoCo<Crop, Net>|}")]
    [InlineData("{|DSL403:CrossEntropy|}, MoCo<Crop, Crop>")]
    [InlineData("{|DSL403:Vat|}, MoCo<Crop, Crop>")]
    [InlineData("MoCo<Crop, Crop>, {|DSL403:Augment<Far>|}")]
    [InlineData("MoCo<Crop, Crop>, {|DSL403:EarlyStopping(Metric.Loss)|}")]
    [InlineData("MoCo<Crop, Crop>, {|DSL450:TrainingAccuracy|}")]
    [InlineData("MoCo<Crop, Crop>, {|DSL403:Mixup|}")]
    [InlineData("MoCo<Crop, Crop>, BatchSize(32, {|DSL508:Unlabeled = 64|})")]
    public Task Momentum_contrast(string parts) => Check("[Model(1, 8, 8), Conv2d(4, 3), ReLU, Flatten, Linear(16)]", parts);

    [Theory]
    [InlineData("[Model(1, 8, 8), Conv2d(4, 3)]", "{|DSL480:MoCo<Crop, Crop>|}")]
    [InlineData("[Model(1, 8, 8), Flatten, Linear(1)]", "{|DSL480:MoCo<Crop, Crop>|}")]
    [InlineData("[Model(64), Linear(16)]", "{|DSL405:MoCo<Crop, Crop>|}")]
    [InlineData("[Model(1, 8, 8), Conv2d(4, 3, Bias = false), BatchNorm2d, Flatten, Linear(16)]", "{|DSL615:MoCo<Crop, Crop>|}")]
    public Task The_encoder(string model, string parts) => Check(model, parts);

    private static Task Check(string model, string parts) => Verify.Diagnostics($$"""
        using Dsl;
        {{model}}
        public partial class Net;
        [Augmentation, RandomShift(1)]
        public partial class Crop;
        [Augmentation, RandomShift(1), RandomRotation(20)]
        public partial class Far;
        [Trainer<Net>, {{parts}}, Sgd(0.03, Momentum = 0.9), Epochs(10)]
        public partial class NetTrainer;
        """);
}
