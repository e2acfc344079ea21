using SkiaSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Images;

/// <summary>Images that are read ahead are those that are asked for, whatever was foreseen.</summary>
public sealed class ImageReaderTests : IDisposable
{
    private const int Count = 37;

    private readonly TemporaryFolder _temporary = new();
    private readonly ImageData<Pet> _streamed, _cached;

    public ImageReaderTests()
    {
        Pet[] rows = [.. Enumerable.Range(0, Count).Select(i => new Pet(i % 2 == 0 ? "cat" : "dog")
        {
            Path = _temporary.Write($"{i}.png", Drawing.Png(5 + i, 7, new SKColor((byte)(6 * i), 100, (byte)i))),
        })];
        _streamed = ImageData<Pet>.From(rows, cache: false, threads: 3);
        _cached = ImageData<Pet>.From(rows);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_trainers_order_is_foreseen_from_any_step_and_across_epochs()
    {
        using var order = new EpochSampler(Count, 8, dropLast: true, seed: 3);
        using var reader = _streamed.ReadAhead(order: new EpochSampler(Count, 8, dropLast: true, seed: 3), step: 3);
        for (long step = 3; step < 15; step++) Same(reader, order.Indices(step));
    }

    [Fact]
    public void What_was_not_foreseen_is_read_all_the_same()
    {
        using var order = new EpochSampler(Count, 8, dropLast: false, seed: 3);
        using var reader = _streamed.ReadAhead(order: new EpochSampler(Count, 8, dropLast: false, seed: 3));
        long[] steps = [0, 1, 4, 2, 3, 9, 0, 40, 41];
        foreach (long step in steps) Same(reader, order.Indices(step));
        Same(reader, tensor(new long[] { 5, 5, 36, 0 }));
        Same(reader, order.Indices(41)[..3]);
    }

    [Fact]
    public void Rows_in_order_are_foreseen_in_batches_of_any_size()
    {
        using var reader = _streamed.ReadAhead();
        for (int pass = 0; pass < 2; pass++)
            for (int first = 0; first < Count; first += 10)
                Same(reader, arange(first, Math.Min(first + 10, Count)));
    }

    [Fact]
    public void Statistics_are_those_of_all_pixels_whether_streamed_or_not()
    {
        var (mean, deviation, images) = Fitted(_streamed);
        var again = Fitted(_cached);
        using var all = _cached.ReadInputs(arange(Count)).to_type(ScalarType.Float64);
        using var expected = all.mean([0, 2, 3]);
        using var spread = all.std([0, 2, 3], unbiased: false);
        for (int channel = 0; channel < 3; channel++)
        {
            Assert.Equal(expected[channel].item<double>(), mean[channel].item<double>(), 1e-7);
            double wanted = spread[channel].item<double>();
            Assert.Equal(wanted < 1e-6 ? 1 : wanted, deviation[channel].item<double>(), 1e-7);
        }

        Assert.Equal(Count, images.item<long>());
        Assert.True(mean.equal(again.Mean).all().item<bool>());
        Assert.True(deviation.equal(again.Deviation).all().item<bool>());
    }

    [Fact]
    public void Parts_are_stratified_and_keep_what_is_in_memory()
    {
        var (train, test) = _cached.StratifiedSplit(0.25, seed: 1);
        Assert.True(train.IsCached && test.IsCached);
        Assert.Equal(Count, train.Count + test.Count);
        Assert.InRange(test.Rows.Count(row => row.Kind == "cat"), 4, 5);
        Assert.Equal(19, _cached.Where(row => row.Kind == "cat").Count);
        Assert.Empty(train.Rows.Intersect(test.Rows));
    }

    private static (Tensor Mean, Tensor Deviation, Tensor Images) Fitted(ImageData<Pet> data)
    {
        var buffers = (zeros([3, 1, 1], float64), zeros([3, 1, 1], float64), zeros([], int64));
        var preprocessing = new ImagePreprocessing<Pet>(() => buffers);
        Assert.False(preprocessing.IsFitted);
        Assert.Contains("are not known", Assert.Throws<InvalidOperationException>(preprocessing.RequireFitted).Message,
            StringComparison.Ordinal);
        preprocessing.FitOnce(data);
        Assert.True(preprocessing.IsFitted);
        return buffers;
    }

    private void Same(ImageReader<Pet> reader, Tensor indices)
    {
        using (indices)
        using (var expected = _cached.ReadInputs(indices))
        using (var actual = reader.ReadInputs(indices))
        {
            Assert.True(expected.equal(actual).all().item<bool>());
        }
    }
}
