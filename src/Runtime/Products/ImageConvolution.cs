using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>
/// Convolutions of images of 32-bit numbers as products: an output channel is a row of the left factor, a place of the output a
/// column of the right one, which is never in memory as a whole. Its panels are laid out from images with margins of zeros. On
/// libtorch's own threads, sample by sample; the result does not depend on their number.
/// </summary>
internal static unsafe class ImageConvolution
{
    // Multiplications that are worth an element of an elementwise loop.
    private const long OfAnElement = 64;

    // Above, more is not measured faster than oneDNN's.
    private const long MostChannels = 128, MostElements = 1 << 18;

    /// <summary>Whether it takes less time than oneDNN's, which reads what strides leave out.</summary>
    public static bool Takes(in ConvolutionSizes sizes) => sizes.IsSparseProduct && sizes.Channels <= MostChannels
        && sizes.Channels * sizes.Height * sizes.Width <= MostElements;

    /// <summary>output[n, o] = bias[o] + Σ_c x[n, c] * weight[o, c].</summary>
    /// <param name="sizes">A sound convolution.</param>
    /// <param name="x">[N, C, H, W] without gaps.</param>
    /// <param name="weight">[O, C, Kh, Kw] without gaps.</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="output">[N, O, Oh, Ow] without gaps.</param>
    public static void Run(in ConvolutionSizes sizes, float* x, float* weight, float* bias, float* output)
    {
        // Heights of the row panels are 12, then 4: rows rounded up to 4.
        long rows = (sizes.Outputs + ProductKernel.FewRows - 1) / ProductKernel.FewRows * ProductKernel.FewRows;
        float* panels = Panels.Allocate(rows * sizes.Window);
        long* offsets = (long*)NativeMemory.Alloc((nuint)sizes.Window * sizeof(long));
        try
        {
            LayWeights(sizes, weight, panels);
            new PlanarImages(sizes).SetOffsets(offsets);
            var work = new Work(sizes, x, panels, bias, output, offsets);
            long units = (sizes.Samples + work.SamplesAtOnce - 1) / work.SamplesAtOnce;
            long products = work.SamplesAtOnce * sizes.Places * sizes.Window * sizes.Outputs;
            ParallelLoop.Run(units, Math.Max(1, products / OfAnElement), &RunUnits, &work);
        }
        finally
        {
            NativeMemory.AlignedFree(panels);
            NativeMemory.Free(offsets);
        }
    }

    /// <summary>The gradient of x: the convolution of the outputs' gradients with the kernels turned around.</summary>
    /// <param name="sizes">The forward convolution, without strides, whose margins a kernel covers.</param>
    /// <param name="gradient">[N, O, Oh, Ow] without gaps.</param>
    /// <param name="weight">[O, C, Kh, Kw] without gaps.</param>
    /// <param name="result">[N, C, H, W] without gaps.</param>
    public static void RunBackward(in ConvolutionSizes sizes, float* gradient, float* weight, float* result)
    {
        float* turned = Panels.Allocate(sizes.Outputs * sizes.Window);
        try
        {
            long size = sizes.KernelHeight * sizes.KernelWidth;
            for (long o = 0; o < sizes.Outputs; o++)
            {
                for (long c = 0; c < sizes.Channels; c++)
                {
                    float* from = weight + (o * sizes.Channels + c) * size, to = turned + (c * sizes.Outputs + o) * size;
                    for (long i = 0; i < size; i++) to[i] = from[size - 1 - i];
                }
            }

            Run(sizes.Backward, gradient, turned, null, result);
        }
        finally
        {
            NativeMemory.AlignedFree(turned);
        }
    }

    // For each block of the depth, panels of rows one after another.
    private static void LayWeights(in ConvolutionSizes sizes, float* weight, float* to)
    {
        var matrix = new StridedMatrix((nint)weight, sizes.Outputs, sizes.Window, sizes.Window, 1);
        for (long place = 0; place < sizes.Window; place += Panels.Depth)
        {
            long depth = Math.Min(Panels.Depth, sizes.Window - place);
            var block = matrix.ColumnsFrom(place, depth);
            for (long row = 0; row < sizes.Outputs;)
            {
                int height = Height(sizes.Outputs - row);
                long rows = Math.Min(height, sizes.Outputs - row);
                Panels.Lay(block.RowsFrom(row, rows), height, to);
                to += height * depth;
                row += rows;
            }
        }
    }

    private static int Height(long rows) => rows >= ProductKernel.Rows ? ProductKernel.Rows : ProductKernel.FewRows;

    private static void RunUnits(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        var panels = Panels.Mine;
        var images = new PlanarImages(work.Sizes);
        panels.ClearImages(work.SamplesAtOnce * images.Size);
        for (long unit = begin; unit < end; unit++)
        {
            long sample = unit * work.SamplesAtOnce, count = Math.Min(work.SamplesAtOnce, work.Sizes.Samples - sample);
            images.Lay(work.X, sample, count, panels.Images);
            for (long place = 0; place < count * work.Sizes.Places; place += Panels.Columns)
                RunPlaces(work, images, sample, place, Math.Min(Panels.Columns, count * work.Sizes.Places - place), panels);
        }
    }

    // Places [first, first + count) of the samples that are laid out, in all output channels.
    private static void RunPlaces(in Work work, in PlanarImages images, long sample, long first, long count, Panels panels)
    {
        var sizes = work.Sizes;
        Span<Panels.Piece> pieces = stackalloc Panels.Piece[ProductKernel.Columns];
        float* left = work.Weights;
        for (long start = 0; start < sizes.Window; start += Panels.Depth)
        {
            long depth = Math.Min(Panels.Depth, sizes.Window - start);
            for (long j = 0; j < count; j += ProductKernel.Columns)
            {
                int used = images.Pieces(first + j, (int)Math.Min(ProductKernel.Columns, count - j), pieces);
                float* to = panels.Right + j * depth;
                for (long p = 0; p < depth; p++, to += ProductKernel.Columns)
                    Panels.LayPieces(panels.Images + work.Offsets[start + p], pieces[..used], to);
            }

            for (long row = 0; row < sizes.Outputs;)
            {
                int height = Height(sizes.Outputs - row);
                long rows = Math.Min(height, sizes.Outputs - row);
                for (long j = 0; j < count; j += ProductKernel.Columns)
                {
                    var tile = new Tile(
                        row, rows, height, sample * sizes.Places + first + j, Math.Min(ProductKernel.Columns, count - j));
                    RunTile(work, tile, depth, left, panels.Right + j * depth, start > 0);
                }

                left += height * depth;
                row += rows;
            }
        }
    }

    private static void RunTile(in Work work, in Tile tile, long depth, float* left, float* right, bool add)
    {
        long places = work.Sizes.Places, sample = tile.Place / places, place = tile.Place % places;
        float* output = work.Output + (sample * work.Sizes.Outputs + tile.Row) * places + place;
        float* bias = work.Bias == null || add ? null : work.Bias + tile.Row;
        if (tile.Rows == tile.Height && tile.Columns == ProductKernel.Columns && place + tile.Columns <= places)
        {
            if (bias != null) new StridedMatrix((nint)output, tile.Rows, tile.Columns, places, 1).SetColumns(bias);
            Multiply(tile.Height, depth, left, right, output, places, add || bias != null);
            return;
        }

        // The tile ends below the last row, or reaches into the next samples.
        float* edge = stackalloc float[ProductKernel.Rows * ProductKernel.Columns];
        Multiply(tile.Height, depth, left, right, edge, ProductKernel.Columns, false);
        for (long done = 0; done < tile.Columns;)
        {
            long count = Math.Min(places - place, tile.Columns - done);
            for (long i = 0; i < tile.Rows; i++)
            {
                var from = new ReadOnlySpan<float>(edge + i * ProductKernel.Columns + done, (int)count);
                var to = new Span<float>(output + i * places, (int)count);
                if (add) TensorPrimitives.Add(from, to, to);
                else if (bias != null) TensorPrimitives.Add(from, bias[i], to);
                else from.CopyTo(to);
            }

            done += count;
            place = 0;
            sample++;
            output = work.Output + (sample * work.Sizes.Outputs + tile.Row) * places;
        }
    }

    private static void Multiply(int height, long depth, float* left, float* right, float* c, long stride, bool add)
    {
        if (height == ProductKernel.Rows) ProductKernel.Large(depth, left, right, c, stride, add);
        else ProductKernel.Low(depth, left, right, c, stride, add);
    }

    // Rows [Row, Row + Rows) of a panel of Height, and columns from a place counted over all samples.
    private readonly record struct Tile(long Row, long Rows, int Height, long Place, long Columns);

    private readonly struct Work(
        in ConvolutionSizes sizes, float* x, float* weights, float* bias, float* output, long* offsets)
    {
        public readonly ConvolutionSizes Sizes = sizes;
        public readonly float* X = x, Weights = weights, Bias = bias, Output = output;
        public readonly long* Offsets = offsets;

        /// <summary>So many samples that their places fill a block.</summary>
        public readonly long SamplesAtOnce = Math.Max(1, Panels.Columns / sizes.Places);
    }
}
