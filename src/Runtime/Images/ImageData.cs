using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Declared images, in memory as bytes, or read from their files whenever they are needed.</summary>
/// <remarks>As a source of data it gives images in [0, 1], [N, C, H, W] float32; normalising them is the model's part.</remarks>
/// <typeparam name="TRow">The record.</typeparam>
public sealed class ImageData<TRow> : RowData<TRow, ImageData<TRow>>, ILabeledDataSource
    where TRow : IImageRow<TRow>
{
    private readonly int[] _classes;
    private readonly byte[]?[] _pixels;
    private readonly int _threads;

    private ImageData(TRow[] rows, int[] classes, byte[]?[] pixels, int threads)
        : base(rows)
    {
        _classes = classes;
        _pixels = pixels;
        _threads = threads;
    }

    /// <summary>What a model gets of the images.</summary>
    public static ImageSchema Schema => TRow.Schema;

    /// <summary>Whether the images are in memory.</summary>
    public bool IsCached => _pixels.Length == 0 || _pixels[0] is not null;

    /// <inheritdoc/>
    long IDataSource.Count => Count;

    /// <inheritdoc/>
    internal override bool HasClasses => true;

    /// <inheritdoc/>
    private protected override string Name => Schema.Name;

    /// <summary>The images of a folder with a folder for each class, in the order of their paths.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">Which files are read, by their paths; null for all of them.</param>
    /// <param name="cache">Whether all are decoded now and kept, C·H·W bytes each; else each is whenever it is needed.</param>
    /// <param name="threads">Threads that decode; 0 for one for each processor.</param>
    /// <exception cref="InvalidDataException">Folders, files and classes do not fit, or a file is damaged; the message names the
    /// file and the remedy.</exception>
    /// <exception cref="IOException">A file cannot be read, or there is no such folder.</exception>
    public static ImageData<TRow> Load(string folder, Func<string, bool>? files = null, bool cache = true, int threads = 0) =>
        Create([.. ImageFiles.List(folder, files, Schema).Select(image => TRow.Create(image.Path, image.Class))], cache, threads);

    /// <summary>Images by their paths, wherever they lie.</summary>
    /// <param name="rows">Paths, with or without labels.</param>
    /// <param name="cache">Whether all are decoded now and kept; else each is whenever it is needed.</param>
    /// <param name="threads">Threads that decode; 0 for one for each processor.</param>
    /// <exception cref="InvalidDataException">A file is no image, or damaged; the message names it.</exception>
    /// <exception cref="DataMismatchException">A label is none of the classes.</exception>
    public static ImageData<TRow> From(IEnumerable<TRow> rows, bool cache = true, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Create([.. rows], cache, threads);
    }

    /// <inheritdoc/>
    public override ImageData<TRow> Subset(IEnumerable<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[] places = [.. rows];
        return new ImageData<TRow>(
            Array.ConvertAll(places, place => Rows[place]), Array.ConvertAll(places, place => _classes[place]),
            Array.ConvertAll(places, place => _pixels[place]), _threads);
    }

    /// <summary>Images that are decoded while others are used, in the order in which a trainer reads them. What it gives depends
    /// on what is asked for and on nothing else.</summary>
    /// <param name="order">The trainer's order, which the reader takes over; null for that of the rows.</param>
    /// <param name="step">The step at which reading begins.</param>
    /// <param name="type">The type of a model's numbers.</param>
    /// <returns>The caller disposes it.</returns>
    public ImageReader<TRow> ReadAhead(
        ScalarType type = ScalarType.Float32, EpochSampler? order = null, long step = 0) =>
        new(this, new ReadingOrder(Count, order, step), type, IsCached ? 0 : _threads);

    /// <inheritdoc/>
    public Tensor ReadInputs(Tensor indices) => Batch(Indices(indices), ScalarType.Float32);

    /// <inheritdoc/>
    public Tensor ReadLabels(Tensor indices)
    {
        long[] labels = Array.ConvertAll(Indices(indices), index => (long)RequireClass((int)index));
        return TensorMemory.Filled<long>(labels, ScalarType.Int64, labels.Length);
    }

    /// <summary>Some images.</summary>
    internal Tensor Batch(long[] indices, ScalarType type) =>
        ImageBatch.Of(ParallelDecoding.Run(indices.Length, _threads, i => Pixels((int)indices[i])), Schema, type);

    /// <summary>The bytes of an image.</summary>
    internal byte[] Pixels(int row) => _pixels[row] ?? ImageDecoder.Read(Rows[row].Path, Schema);

    /// <summary>Threads that decode.</summary>
    internal int Threads => _threads;

    /// <summary>The indices of a batch, each of which is that of an image.</summary>
    internal long[] Indices(Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        using var scope = NewDisposeScope();
        long[] rows = MemoryMarshal.Cast<byte, long>(indices.to_type(ScalarType.Int64).cpu().contiguous().bytes).ToArray();
        foreach (long row in rows)
            if (row < 0 || row >= Count)
                throw new ArgumentOutOfRangeException(nameof(indices), row, $"There are {Count} images.");
        return rows;
    }

    /// <inheritdoc/>
    private protected override long[] Classes() => [.. Enumerable.Range(0, Count).Select(row => (long)RequireClass(row))];

    private int RequireClass(int row) => _classes[row] is var own and >= 0 ? own
        : throw new DataMismatchException($"{Rows[row].Path} has no label, and without it an image can be predicted alone.");

    private static ImageData<TRow> Create(TRow[] rows, bool cache, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (threads == 0) threads = Environment.ProcessorCount;
        foreach (var row in rows) ArgumentNullException.ThrowIfNull(row, nameof(rows));
        int[] classes = Array.ConvertAll(rows, row => row.ClassIndex);
        byte[]?[] pixels = cache ? ParallelDecoding.Run(rows.Length, threads, i => ImageDecoder.Read(rows[i].Path, Schema))
            : new byte[]?[rows.Length];
        return new ImageData<TRow>(rows, classes, pixels, threads);
    }
}
