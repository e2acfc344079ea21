using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime;

/// <summary>
/// Images as the columns of a kernel without strides read them: for each column of the kernel and each channel a plane of the
/// image's rows, with margins of zeros, that are as wide as the output's. What an element of the window reads for the places of
/// the output then lies in their order, without gaps: not a product is of a margin between rows.
/// </summary>
internal readonly unsafe struct ColumnPlanes(in ConvolutionSizes sizes)
{
    // Whole vectors are read and written: up to 15 elements behind the last plane, on a boundary of a cache line.
    private const int Slack = 32;

    private readonly ConvolutionSizes _sizes = sizes;
    private readonly long _width = sizes.OutputWidth, _plane = sizes.PaddedHeight * sizes.OutputWidth;

    /// <summary>Elements of a sample, and behind it.</summary>
    public long Size => (_plane * _sizes.Channels * _sizes.KernelWidth + Slack + 15) / 16 * 16;

    /// <summary>Where what an element of the window reads begins.</summary>
    public long Offset(long channel, long y, long x) =>
        (x * _sizes.Channels + channel) * _plane + y * _sizes.DilationY * _width;

    /// <summary>Writes a sample.</summary>
    /// <param name="x">[N, C, H, W] without gaps.</param>
    /// <param name="sample">Which one.</param>
    /// <param name="panels">Where there is room for a copy.</param>
    /// <param name="to">Room for the planes, laid out before or all zeros.</param>
    public void Lay(float* x, long sample, Panels panels, float* to)
    {
        long ofChannel = _sizes.Height * _sizes.Width;
        float* from = x + sample * _sizes.Channels * ofChannel;

        // Vectors reach beyond an image, which the first one and the last one do not allow.
        if (sample == 0 || sample == _sizes.Samples - 1)
            from = Copy(from, checked((int)(_sizes.Channels * ofChannel)), panels);
        int vectors = (int)((_width + 15) / 16);
        var isInside = stackalloc Vector512<float>[vectors];
        to += _sizes.PaddingY * _width;
        for (long column = 0; column < _sizes.KernelWidth; column++)
        {
            long first = column * _sizes.DilationX - _sizes.PaddingX;
            SetInside(first, vectors, isInside);
            float* channel = from + first;
            for (long c = 0; c < _sizes.Channels; c++, channel += ofChannel, to += _plane)
            {
                LayRows(channel, isInside, to);

                // Where the last row reached to; what is behind the margin is written after it.
                Vector512<float>.Zero.Store(to + _sizes.Height * _width);
            }
        }
    }

    private float* Copy(float* sample, int count, Panels panels)
    {
        // Before it a margin; behind it one, and a vector.
        long reach = _sizes.PaddingX + (_sizes.KernelWidth - 1) * _sizes.DilationX + 16;
        float* copy = panels.RoomForImages(count + 2 * reach) + reach;
        new ReadOnlySpan<float>(sample, count).CopyTo(new Span<float>(copy, count));
        return copy;
    }

    // Which of a row's columns from a first one are no margins.
    private void SetInside(long first, int vectors, Vector512<float>* isInside)
    {
        var places = Vector512<int>.Indices + Vector512.Create((int)first);
        var width = Vector512.Create((uint)_sizes.Width);
        for (int i = 0; i < vectors; i++, places += Vector512.Create(16))
            isInside[i] = Vector512.LessThan(places.AsUInt32(), width).AsSingle();
    }

    // A vector may reach into the next row, which is written after it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LayRows(float* from, Vector512<float>* isInside, float* to)
    {
        long count = _sizes.Height, step = _sizes.Width, width = _width;
        Vector512<float> left = isInside[0], right = width > 16 ? isInside[1] : default;
        if (width <= 16)
        {
            for (; count > 0; count--, from += step, to += width) (Vector512.Load(from) & left).Store(to);
        }
        else if (width <= 32)
        {
            for (; count > 0; count--, from += step, to += width)
            {
                (Vector512.Load(from) & left).Store(to);
                (Vector512.Load(from + 16) & right).Store(to + 16);
            }
        }
        else
        {
            for (; count > 0; count--, from += step, to += width)
            {
                var mask = isInside;
                for (long i = 0; i < width; i += 16, mask++) (Vector512.Load(from + i) & *mask).Store(to + i);
            }
        }
    }
}
