using Dsl.Runtime;
using Dsl.Tests.Pairs;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Pairs without classes and self-distillation: three steps against PyTorch in both targets, and data that do not
/// fit.</summary>
public sealed class PairsGoldenTests
{
    public static TheoryData<string, Type, string[]> Cases => new()
    {
        { "siamese_mlp", typeof(SiameseMlp), ["model."] },
        { "dino_mlp", typeof(DinoMlp), ["model.", "projection."] },
        { "siamese_cnn", typeof(SiameseCnn), ["model."] },
        { "dino_cnn", typeof(DinoCnn), ["model.", "projection."] },
        { "cola", typeof(ColaSegments), ["model.", "head."] },
        { "siamese_mlp", typeof(SiameseMlpAutograd), ["model."] },
        { "dino_mlp", typeof(DinoMlpAutograd), ["model.", "projection."] },
        { "siamese_cnn", typeof(SiameseCnnAutograd), ["model."] },
        { "dino_cnn", typeof(DinoCnnAutograd), ["model.", "projection."] },
        { "cola", typeof(ColaSegmentsAutograd), ["model.", "head."] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Type type, string[] prefixes) =>
        JointRun.ThreeSteps(Golden.Load("pairs/" + name), type, prefixes);

    [Fact]
    public void Pairs_come_from_a_source_with_two_halves_and_are_told_apart()
    {
        using Mlp model = new(new Generator(3));
        using SiameseMlp trainer = new(model) { LearningRate = 0.02 };
        using var first = randn(64, 1, 8, 8);
        using var other = first.clone();
        using var labels = (arange(64) % 2).to_type(ScalarType.Int64);
        using var strangers = randn(32, 1, 8, 8);
        other[TensorIndex.Slice(0, null, 2)] = strangers;
        using var pairs = new InMemoryData(first, labels).With("other", other);
        trainer.Fit(pairs);
        Assert.Equal(3, trainer.StepCount);
        using var lone = new InMemoryData(first, labels);
        using Mlp twin = new();
        using SiameseMlp lacking = new(twin);
        Assert.Contains("'other'", Assert.Throws<ArgumentException>(() => lacking.Fit(lone)).Message);
        using var named = new InMemoryData(first, arange(64).to_type(ScalarType.Int64)).With("other", other);
        Assert.Contains("2 classes", Assert.Throws<DataMismatchException>(() => lacking.Fit(named)).Message);
    }

    [Fact]
    public void The_centre_is_part_of_a_checkpoint()
    {
        string path = Path.GetTempFileName();
        try
        {
            using Mlp model = new(), twin = new();
            using MlpHead head = new(), twinHead = new();
            using DinoMlp trainer = new(model, head), resumed = new(twin, twinHead);
            using var images = new InMemoryData(randn(24, 1, 8, 8), zeros(24, int64));
            trainer.Fit(images);
            trainer.Save(path);
            resumed.Resume(path);
            var states = Safetensors.Read(path);
            Assert.Contains("center", states.Keys);
            Assert.True(states["center"].abs().sum().item<float>() > 0);
            Close.To(trainer.Teacher.Arena.Values, resumed.Teacher.Arena.Values, "the teacher", 0);
            foreach (var value in states.Values) value.Dispose();
        }
        finally
        {
            File.Delete(path);
        }
    }
}
