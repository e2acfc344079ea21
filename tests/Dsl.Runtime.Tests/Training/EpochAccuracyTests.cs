using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Training;

public class EpochAccuracyTests
{
    [Fact]
    public void Epochs_are_means_over_labels()
    {
        using var accuracy = new EpochAccuracy(CPU);
        Assert.True(double.IsNaN(accuracy.Present));
        Assert.Empty(accuracy.ToArray());
        using var none = tensor(0f);
        using var all = tensor(1f);
        accuracy.Add(all, Labels(3), 4);
        Assert.Equal(1, accuracy.Present);
        accuracy.Add(none, Labels(1), 4);
        Assert.Equal(0.75, accuracy.Present);
        accuracy.Add(none, Labels(5), 5);
        Assert.Equal(0, accuracy.Present);
        Assert.Equal([0.75, 0], accuracy.ToArray());
    }

    [Fact]
    public void What_has_no_label_does_not_weigh()
    {
        using var accuracy = new EpochAccuracy(CPU);
        using var half = tensor(0.5f);
        using var all = tensor(1f);
        using var unknown = tensor(float.NaN);
        accuracy.Add(unknown, tensor(new long[] { -100, -100 }), 0);
        Assert.True(double.IsNaN(accuracy.Present));
        accuracy.Add(half, [tensor(new long[] { 0, -100, 1 }), tensor(new long[] { -100 })], 0);
        accuracy.Add(all, tensor(new long[,] { { 0, -100 }, { -100, -100 } }), 0);
        Assert.Equal(2 / 3.0, accuracy.Present, 12);
        accuracy.Add(unknown, tensor(new long[] { -100 }), 1);
        Assert.Equal([2 / 3.0, double.NaN], accuracy.ToArray());
    }

    private static Tensor Labels(long count) => zeros([count], ScalarType.Int64);
}
