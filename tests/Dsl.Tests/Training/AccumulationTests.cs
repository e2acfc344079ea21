using Dsl.Runtime;
using Dsl.Tests.Oracles;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Runs;

/// <summary>An update on several batches is the update on their union.</summary>
public class AccumulationTests
{
    [Theory]
    [InlineData(12, 4, 4, 4)]
    [InlineData(10, 4, 3, 3)]
    [InlineData(9, 1, 8)]
    [InlineData(7, 4, 2, 1)]
    public void A_window_is_one_big_batch(int samples, params int[] sizes)
    {
        manual_seed(11);
        using var inputs = randn(samples, 6);
        using var labels = randint(0, 4, new long[] { samples }, ScalarType.Int64);
        using var whole = new Whole(Fresh());
        using var parts = new Accumulated(Fresh());
        using var autograd = new AccumulatedAutograd(Fresh());
        using var expected = whole.Step(new Whole.Batch(inputs, labels)).Total.clone();
        using var actual = parts.Step(Window(sizes, inputs, labels, (x, y) => new Accumulated.Batch(x, y))).Total.clone();
        using var other = autograd.Step(Window(sizes, inputs, labels, (x, y) => new AccumulatedAutograd.Batch(x, y)))
            .Total.clone();
        Close.To(whole.Model.Arena.Values, parts.Model.Arena.Values, "explicit", 1e-6);
        Close.To(whole.Model.Arena.Values, autograd.Model.Arena.Values, "autograd", 1e-6);
        Close.To(expected, actual, "loss");
        Close.To(expected, other, "loss of the autograd target");
        Assert.Equal(1, parts.StepCount);
    }

    [Fact]
    public void A_run_in_windows_is_the_run_in_big_batches_with_a_partial_window_and_batch_at_the_end()
    {
        // 31 samples: batches of 12, 12, 7; in fours: windows of 4+4+4, 4+4+4, 4+3.
        using var data = Data(31);
        using var whole = new Whole(Fresh());
        using var parts = new Accumulated(Fresh());
        whole.Fit(data);
        parts.Fit(data);
        Assert.Equal(9, whole.StepCount);
        Assert.Equal(9, parts.StepCount);
        Close.To(whole.Model.Arena.Values, parts.Model.Arena.Values, "parameters", 1e-5);
    }

    [Fact]
    public void Windows_of_one_batch_are_the_plain_run()
    {
        using var data = Images(30);
        using var plain = new WithoutWindows(Network());
        using var windows = new WindowsOfOne(Network());
        plain.Fit(data);
        windows.Fit(data);
        Close.To(plain.Model.Arena.Values, windows.Model.Arena.Values, "parameters", 1e-4);
    }

    [Fact]
    public void A_failed_window_leaves_no_gradient()
    {
        using var trainer = new Accumulated(Fresh());
        var good = new Accumulated.Batch(randn(4, 6), zeros([4], ScalarType.Int64));
        var bad = new Accumulated.Batch(randn(4, 5), zeros([4], ScalarType.Int64));
        Assert.Throws<DataMismatchException>(() => trainer.Step([good, bad]));
        Assert.Equal(0, trainer.Model.Arena.Gradients.abs().max().ToDouble());
        Assert.Equal(0, trainer.StepCount);
    }

    [Fact]
    public void A_window_of_too_many_batches_is_refused()
    {
        using var trainer = new Accumulated(Fresh());
        var batch = new Accumulated.Batch(randn(4, 6), zeros([4], ScalarType.Int64));
        Assert.Contains("1 to 3 batches, not 4", Assert.Throws<ArgumentException>(
            () => trainer.Step([batch, batch, batch, batch])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => trainer.Step([]));
    }

    [Fact]
    public void Batches_of_an_update_have_random_numbers_of_their_own()
    {
        using var data = Images(40);
        using var trainer = new AccumulatedMeanTeacher(Network());
        trainer.Fit(data, data);

        // 40 unlabelled samples in batches of 12 are 4 batches: 2 updates an epoch.
        Assert.Equal(4, trainer.StepCount);
        using var twin = new AccumulatedMeanTeacher(Network());
        twin.Fit(data, data);
        Assert.True(trainer.Model.Arena.Values.Equals(twin.Model.Arena.Values));
    }

    private static List<T> Window<T>(int[] sizes, Tensor inputs, Tensor labels, Func<Tensor, Tensor, T> batch)
    {
        var window = new List<T>();
        long first = 0;
        foreach (int size in sizes)
        {
            window.Add(batch(inputs.narrow(0, first, size), labels.narrow(0, first, size)));
            first += size;
        }

        return window;
    }

    private static Plain Fresh()
    {
        using var generator = new Generator(2);
        return new Plain(generator);
    }

    private static Everything Network()
    {
        using var generator = new Generator(2);
        return new Everything(generator);
    }

    private static InMemoryData Data(int count)
    {
        manual_seed(6);
        return new InMemoryData(randn(count, 6), randint(0, 4, new long[] { count }, ScalarType.Int64));
    }

    private static InMemoryData Images(int count)
    {
        manual_seed(6);
        return new InMemoryData(randn(count, 2, 10, 10), randint(0, 7, new long[] { count }, ScalarType.Int64));
    }
}
