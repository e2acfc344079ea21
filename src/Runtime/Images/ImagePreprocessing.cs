using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What is done to images for a model: how they are read, and the mean and deviation of each channel, which are buffers
/// of the model, since normalising is the first thing that it does.</summary>
/// <typeparam name="TRow">The record.</typeparam>
public sealed class ImagePreprocessing<TRow> : IPreprocessing
    where TRow : IImageRow<TRow>
{
    private readonly Func<(Tensor Mean, Tensor Deviation, Tensor Images)>? _buffers;
    private bool _isFitted;

    /// <summary>Preprocessing without statistics.</summary>
    public ImagePreprocessing() => _isFitted = true;

    /// <summary>Preprocessing with statistics of the training images.</summary>
    /// <param name="buffers">The model's: mean [C, 1, 1], deviation [C, 1, 1], and the number of images that they are of, without
    /// dimensions; 0 until they are known.</param>
    public ImagePreprocessing(Func<(Tensor Mean, Tensor Deviation, Tensor Images)> buffers) => _buffers = buffers;

    /// <inheritdoc/>
    string IPreprocessing.Name => TRow.Schema.Name;

    /// <inheritdoc/>
    string IPreprocessing.Parts => "images";

    /// <inheritdoc/>
    string IPreprocessing.Description => TRow.Schema.Describe();

    /// <inheritdoc/>
    IReadOnlyList<string> IPreprocessing.Classes => TRow.Schema.Classes;

    /// <inheritdoc/>
    Tensor? IPreprocessing.State => null;

    /// <summary>The classes, in the order of the model's outputs.</summary>
    public IReadOnlyList<string> PredictedNames => TRow.Schema.Classes;

    /// <summary>Whether the statistics are known, or none are needed.</summary>
    public bool IsFitted => _isFitted || (_isFitted = Aten.item_int64(_buffers!().Images) > 0);

    /// <summary>Finds the statistics, unless they are known: weights that were trained with some make no sense with
    /// others.</summary>
    /// <param name="data">The training images, and nothing else.</param>
    public void FitOnce(ImageData<TRow> data)
    {
        if (!IsFitted) Fit(data);
    }

    /// <summary>Finds the statistics anew, for a model that is trained from its start: the mean of each channel over all pixels
    /// of all images, in [0, 1], and the deviation over n. A channel of one value has deviation 1.</summary>
    /// <param name="data">The training images, and nothing else.</param>
    /// <exception cref="InvalidDataException">An image cannot be read.</exception>
    public void Fit(ImageData<TRow> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0) throw new ArgumentException("There is no image to train on.", nameof(data));
        if (_buffers is null) return;
        var (sums, squares) = Sums(data);
        long pixels = (long)data.Count * TRow.Schema.Height * TRow.Schema.Width;
        var (mean, deviation, images) = _buffers();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var means = new double[sums.Length];
        var deviations = new double[sums.Length];
        for (int channel = 0; channel < sums.Length; channel++)
        {
            // Sums of bytes are exact, and so is the difference of the products, which may exceed 64 bits.
            var spread = (Int128)pixels * squares[channel] - (Int128)sums[channel] * sums[channel];
            means[channel] = (double)sums[channel] / pixels / byte.MaxValue;
            deviations[channel] = spread == 0 ? 1 : Math.Sqrt((double)spread) / pixels / byte.MaxValue;
        }

        mean.copy_(TensorMemory.Filled<double>(means, ScalarType.Float64, means.Length, 1, 1));
        deviation.copy_(TensorMemory.Filled<double>(deviations, ScalarType.Float64, deviations.Length, 1, 1));
        images.copy_(TensorMemory.Filled<long>([data.Count], ScalarType.Int64));
        _isFitted = true;
    }

    /// <summary>Gives a copy of the network the statistics of this one.</summary>
    /// <param name="other">The copy's.</param>
    public void CopyTo(ImagePreprocessing<TRow> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_buffers is null || other._buffers is null) return;
        using var noGrad = no_grad();
        var (mean, deviation, images) = _buffers();
        var (otherMean, otherDeviation, otherImages) = other._buffers();
        otherMean.copy_(mean);
        otherDeviation.copy_(deviation);
        otherImages.copy_(images);
    }

    /// <inheritdoc/>
    public void RequireFitted()
    {
        if (!IsFitted)
        {
            throw new InvalidOperationException($"The mean and deviation of {TRow.Schema.Name} are not known: train the model on "
                + "its images, load one that was, or call Preprocessing.Fit(images).");
        }
    }

    private static (long[] Sums, long[] Squares) Sums(ImageData<TRow> data)
    {
        int channels = TRow.Schema.Channels, size = TRow.Schema.Height * TRow.Schema.Width;
        var (sums, squares) = (new long[channels], new long[channels]);
        using var reader = data.IsCached ? null : new ImageThreads(data.Threads);
        var ahead = new Queue<Task<byte[]>>();
        int next = 0;
        for (int row = 0; row < data.Count; row++)
        {
            for (; reader is not null && next < data.Count && next < row + 4 * data.Threads; next++)
            {
                int image = next;
                ahead.Enqueue(reader.Start(() => data.Pixels(image)));
            }

            byte[] pixels = reader is null ? data.Pixels(row) : ahead.Dequeue().GetAwaiter().GetResult();
            for (int channel = 0; channel < channels; channel++)
            {
                long sum = 0, square = 0;
                foreach (byte value in pixels.AsSpan(channel * size, size))
                {
                    sum += value;
                    square += value * value;
                }

                sums[channel] += sum;
                squares[channel] += square;
            }
        }

        return (sums, squares);
    }
}
