using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

[Trainer<Plain>, CrossEntropy, Sgd(0.1), Cosine(WarmupSamples = 20), Epochs(10), BatchSize(32)]
public partial class WarmedBySamples;

[Trainer<Plain>, CrossEntropy, Sgd(0.1), Cosine(WarmupSamples = 20), Accumulate(4), Epochs(10), BatchSize(2)]
public partial class WarmedByWindows;

/// <summary>A warm-up that is told in samples counts those that a step has.</summary>
public class WarmupSamplesTests
{
    [Fact]
    public void Data_of_less_than_a_batch_count_as_many_as_they_are()
    {
        using var data = new InMemoryData(randn(5, 6), zeros([5], ScalarType.Int64));
        using var trainer = new WarmedBySamples(new Plain());
        Assert.Equal(32, trainer.SamplesPerStep);
        trainer.Fit(data);

        // 20 samples are four steps of five.
        Assert.Equal(5, trainer.SamplesPerStep);
        Assert.Equal(
            [0.025, 0.05, 0.075, 0.1], Enumerable.Range(0, 4).Select(step => Math.Round(trainer.LearningRateAt(step), 12)));
        using var windows = new WarmedByWindows(new Plain());
        Assert.Equal(8, windows.SamplesPerStep);
        windows.Fit(data);
        Assert.Equal(5, windows.SamplesPerStep);
        Assert.Equal(0.025, windows.LearningRateAt(0), 12);
    }
}
