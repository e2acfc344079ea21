using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Training;

public class EpochAccuracyTests
{
    [Fact]
    public void Epochs_are_means_over_samples()
    {
        using var accuracy = new EpochAccuracy(CPU);
        Assert.True(double.IsNaN(accuracy.Present));
        Assert.Empty(accuracy.ToArray());
        using var none = tensor(0f);
        using var all = tensor(1f);
        accuracy.Add(all, 3, 4);
        Assert.Equal(1, accuracy.Present);
        accuracy.Add(none, 1, 4);
        Assert.Equal(0.75, accuracy.Present);
        accuracy.Add(none, 5, 5);
        Assert.Equal(0, accuracy.Present);
        Assert.Equal([0.75, 0], accuracy.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => accuracy.Add(none, 0, 5));
    }
}
