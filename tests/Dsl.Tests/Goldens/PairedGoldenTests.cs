using Dsl.Runtime;
using Dsl.Tests.Paired;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Two encoders and a learned temperature: three steps against PyTorch in both targets, a checkpoint, and data that do
/// not fit.</summary>
public sealed class PairedGoldenTests
{
    public static TheoryData<string, Type> Cases => new()
    {
        { "clip_words", typeof(ClipWords) },
        { "clip_words", typeof(ClipWordsAutograd) },
        { "clip_decay", typeof(ClipDecaying) },
        { "clip_decay", typeof(ClipDecayingAutograd) },
        { "clip_bounded", typeof(ClipBounded) },
        { "clip_bounded", typeof(ClipBoundedAutograd) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Type type) =>
        JointRun.ThreeSteps(Golden.Load("paired/" + name), type, "model.", "head.");

    [Fact]
    public void The_temperature_is_part_of_a_checkpoint()
    {
        string path = Path.GetTempFileName();
        try
        {
            using Picture model = new(), twin = new();
            using Caption other = new(), otherTwin = new();
            using ClipWords trainer = new(model, other), resumed = new(twin, otherTwin);
            using var pairs = Pairs();
            trainer.Fit(pairs);
            trainer.Save(path);
            resumed.Resume(path);
            Assert.NotEqual(-Math.Log(0.2), trainer.LogScale.item<float>(), 1e-4);
            Close.To(trainer.LogScale, resumed.LogScale, "LogScale", 0);
            Close.To(other.Arena.Values, otherTwin.Arena.Values, "the other encoder", 0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Halves_of_other_numbers_and_sources_without_the_other_half_are_refused()
    {
        using Picture model = new();
        using Caption other = new();
        using ClipWords trainer = new(model, other);
        using var batch = new ClipWords.Batch(randn(4, 1, 8, 8), ones([3, 3], int64));
        var refused = Assert.Throws<DataMismatchException>(() => trainer.Step(batch));
        Assert.Contains("as many samples of 'Input' as of 'Other'", refused.Message);
        using var lone = new InMemoryData(randn(8, 1, 8, 8), zeros(8, int64));
        var lacking = Assert.Throws<ArgumentException>(() => trainer.Fit(lone));
        Assert.Contains("'other'", lacking.Message);
    }

    // Each picture is as bright as one of its caption's words says, of which no two in a batch are one.
    [Fact]
    public void Pairs_find_each_other()
    {
        using var generator = new Generator(5);
        using Picture model = new(generator);
        using Caption other = new(generator);
        using ClipWords trainer = new(model, other) { LearningRate = 0.05 };
        using var words = arange(7, int64).unsqueeze(1).expand(7, 3).contiguous();
        using var directions = randn([7, 1, 8, 8], generator: generator);
        double first = 0, last = 0;
        for (int step = 0; step < 150; step++)
        {
            using var noise = randn([7, 1, 8, 8], generator: generator);
            using var batch = new ClipWords.Batch(directions.add(noise.mul(0.2f)), words.alias());
            last = trainer.Step(batch).Total.ToDouble();
            if (step == 0) first = last;
        }

        Assert.True(first > 1, $"{first}");
        Assert.InRange(last, 0, 0.2);
    }

    private static InMemoryData Pairs() =>
        new InMemoryData(randn(24, 1, 8, 8), zeros(24, int64)).With("other", randint(0, 7, [24, 3], int64));
}
