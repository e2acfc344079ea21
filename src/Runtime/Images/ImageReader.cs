using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Reads images for one training or evaluation: those that are not in memory are decoded by threads of its own, ahead of
/// who reads. It belongs to one thread; what it gives depends on what is asked for alone.</summary>
/// <typeparam name="TRow">The record.</typeparam>
public sealed class ImageReader<TRow> : ILabeledDataSource, IDisposable
    where TRow : IImageRow<TRow>
{
    // As many as make up for files of different sizes.
    private const int AheadOfEachThread = 4;

    private readonly ImageData<TRow> _data;
    private readonly ReadingOrder _order;
    private readonly ScalarType _type;
    private readonly ImageThreads? _decoders;
    private readonly Queue<(long Row, Task<byte[]> Image)> _ahead = [];

    internal ImageReader(ImageData<TRow> data, ReadingOrder order, ScalarType type, int threads)
    {
        _data = data;
        _order = order;
        _type = type;
        _decoders = threads == 0 ? null : new ImageThreads(threads);
    }

    /// <inheritdoc/>
    public long Count => _data.Count;

    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices)
    {
        long[] rows = _data.Indices(indices);
        if (_decoders is null || rows.Length == 0) return _data.Batch(rows, _type);
        var images = new byte[rows.Length][];
        for (int i = 0; i < rows.Length; i++)
        {
            Prepare(rows.AsSpan(i), i == 0, rows.Length);
            bool isForeseen = _ahead.Peek().Row == rows[i];
            images[i] = isForeseen ? _ahead.Dequeue().Image.GetAwaiter().GetResult() : _data.Pixels((int)rows[i]);
        }

        Fill(rows.Length);
        return ImageBatch.Of(images, TRow.Schema, _type);
    }

    /// <inheritdoc/>
    public Tensor ReadLabels(Tensor indices) => _data.ReadLabels(indices);

    /// <summary>Ends its threads.</summary>
    public void Dispose()
    {
        _decoders?.Dispose();
        _order.Dispose();
    }

    private void Prepare(ReadOnlySpan<long> wanted, bool isBatch, int batch)
    {
        Fill(batch);
        if (!isBatch || _ahead.Peek().Row == wanted[0]) return;
        _ahead.Clear();
        _decoders!.Forget();
        _order.Seek(wanted);
        Fill(batch);
    }

    private void Fill(int batch)
    {
        // The next batch, while this one is used.
        int enough = 2 * batch + AheadOfEachThread * _data.Threads;
        while (_ahead.Count < enough)
        {
            long row = _order.Next();
            _ahead.Enqueue((row, _decoders!.Start(() => _data.Pixels((int)row))));
        }
    }
}
