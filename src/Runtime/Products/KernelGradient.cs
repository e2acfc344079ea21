using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>
/// The gradient of a convolution's weights as a product: an output channel is a row, an element of the window a column, and the
/// sum goes over the places of all samples. The images are laid out with their channels side by side, since the elements of a
/// window then are. Parts of the columns are computed at once; the result does not depend on the number of threads.
/// </summary>
internal static unsafe class KernelGradient
{
    private const long OfAnElement = 64;

    // Channels of which there are a panel or more, those that fill many, and images that are cheap to lay out on each thread.
    private const long FewestChannels = ProductKernel.Columns, ManyChannels = 256, MostChannels = 512, MostElements = 1 << 15;

    // Places of a kernel: more is not measured.
    private const long MostPlaces = 9;

    /// <summary>Whether it takes less time than oneDNN's: with strides, of kernels of 1 x 1, which leave out what oneDNN reads,
    /// and of many channels.</summary>
    public static bool Takes(in ConvolutionSizes sizes) => !sizes.HasUnitStride
        && sizes.KernelHeight * sizes.KernelWidth <= MostPlaces
        && sizes.Channels * sizes.Height * sizes.Width <= MostElements
        && sizes.Channels <= MostChannels
        && sizes.Channels >= (sizes.IsSparseProduct ? FewestChannels : ManyChannels);

    /// <summary>result[o, c] = Σ_n x[n, c] * gradient[n, o].</summary>
    /// <param name="sizes">A sound convolution.</param>
    /// <param name="x">[N, C, H, W] without gaps.</param>
    /// <param name="gradient">[N, O, Oh, Ow] without gaps.</param>
    /// <param name="result">[O, C, Kh, Kw] without gaps.</param>
    public static void Run(in ConvolutionSizes sizes, float* x, float* gradient, float* result)
    {
        float* sums = Panels.Allocate(sizes.Outputs * sizes.Window);
        try
        {
            NativeMemory.Clear(sums, (nuint)(sizes.Outputs * sizes.Window * sizeof(float)));
            var work = new Work(sizes, x, gradient, sums);
            long units = (sizes.Window + ProductKernel.Columns - 1) / ProductKernel.Columns;
            long products = sizes.Samples * sizes.Places * sizes.Outputs * ProductKernel.Columns;
            ParallelLoop.Run(units, Math.Max(1, products / OfAnElement), &RunUnits, &work);
            Arrange(sizes, sums, result);
        }
        finally
        {
            NativeMemory.AlignedFree(sums);
        }
    }

    // [O, Kh, Kw, C] to [O, C, Kh, Kw].
    private static void Arrange(in ConvolutionSizes sizes, float* from, float* to)
    {
        long kernel = sizes.KernelHeight * sizes.KernelWidth;
        for (long o = 0; o < sizes.Outputs; o++, from += sizes.Window, to += sizes.Window)
        {
            for (long c = 0; c < sizes.Channels; c++)
            {
                for (long k = 0; k < kernel; k++) to[c * kernel + k] = from[k * sizes.Channels + c];
            }
        }
    }

    private static void RunUnits(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        var sizes = work.Sizes;
        var panels = Panels.Mine;
        var images = new ChannelsLastImages(sizes);
        long atOnce = Math.Max(1, Panels.Depth / sizes.Places);
        panels.ClearImages(atOnce * images.Size);
        for (long sample = 0; sample < sizes.Samples; sample += atOnce)
        {
            long count = Math.Min(atOnce, sizes.Samples - sample), places = count * sizes.Places;
            images.Lay(work.X, sample, count, panels.Images);

            // Several small samples are one block; a large one has several.
            for (long place = 0; place < places; place += Panels.Depth)
            {
                var block = new Block(sample, count, place, Math.Min(Panels.Depth, places - place));
                for (long unit = begin; unit < end; unit += Panels.Columns / ProductKernel.Columns)
                {
                    long from = unit * ProductKernel.Columns;
                    long to = Math.Min(Math.Min(end * ProductKernel.Columns, from + Panels.Columns), sizes.Window);
                    RunBlock(work, images, block, from, to, panels);
                }
            }
        }
    }

    private static void RunBlock(in Work work, in ChannelsLastImages images, in Block block, long from, long to, Panels panels)
    {
        var sizes = work.Sizes;
        Span<Panels.Piece> pieces = stackalloc Panels.Piece[ProductKernel.Columns];
        Span<long> starts = stackalloc long[(int)block.Depth];
        for (int p = 0; p < starts.Length; p++) starts[p] = images.Offset(block.Place + p);
        for (long j = from; j < to; j += ProductKernel.Columns)
        {
            int used = images.Pieces(j, (int)Math.Min(ProductKernel.Columns, to - j), pieces);
            float* right = panels.Right + (j - from) * block.Depth;
            foreach (long start in starts)
            {
                Panels.LayPieces(panels.Images + start, pieces[..used], right);
                right += ProductKernel.Columns;
            }
        }

        float* edge = stackalloc float[ProductKernel.Rows * ProductKernel.Columns];
        for (long row = 0; row < sizes.Outputs;)
        {
            bool isLarge = sizes.Outputs - row >= ProductKernel.Rows;
            int height = isLarge ? ProductKernel.Rows : ProductKernel.FewRows;
            long rows = Math.Min(height, sizes.Outputs - row);
            LayGradient(work, block, row, rows, height, panels.Left);
            for (long j = from; j < to; j += ProductKernel.Columns)
            {
                long columns = Math.Min(ProductKernel.Columns, to - j);
                float* right = panels.Right + (j - from) * block.Depth, sums = work.Sums + row * sizes.Window + j;
                bool isWhole = rows == height && columns == ProductKernel.Columns;
                var (tile, stride) = isWhole ? ((nint)sums, sizes.Window) : ((nint)edge, ProductKernel.Columns);
                if (isLarge) ProductKernel.Large(block.Depth, panels.Left, right, (float*)tile, stride, isWhole);
                else ProductKernel.Low(block.Depth, panels.Left, right, (float*)tile, stride, isWhole);
                if (isWhole) continue;
                for (long i = 0; i < rows; i++)
                {
                    for (long q = 0; q < columns; q++) sums[i * sizes.Window + q] += edge[i * ProductKernel.Columns + q];
                }
            }

            row += rows;
        }
    }

    // A panel of output channels down the places of the block.
    private static void LayGradient(in Work work, in Block block, long row, long rows, int height, float* to)
    {
        long places = work.Sizes.Places;
        bool isPart = block.Samples == 1;
        long first = isPart ? block.Place : 0, count = isPart ? block.Depth : places;
        for (long n = 0; n < block.Samples; n++, to += height * count)
        {
            float* from = work.Gradient + ((block.Sample + n) * work.Sizes.Outputs + row) * places + first;
            Panels.Lay(new StridedMatrix((nint)from, rows, count, places, 1), height, to);
        }
    }

    // Places [Place, Place + Depth) of the samples that are laid out: all of several, or a part of one.
    private readonly record struct Block(long Sample, long Samples, long Place, long Depth);

    private readonly struct Work(in ConvolutionSizes sizes, float* x, float* gradient, float* sums)
    {
        public readonly ConvolutionSizes Sizes = sizes;
        public readonly float* X = x, Gradient = gradient, Sums = sums;
    }
}
