namespace Dsl.Runtime;

/// <summary>
/// Convolutions of few channels without strides, not as products: what a place of the output reads is laid out once for each
/// column of the kernel (<see cref="ColumnPlanes"/>) and used from the first cache for all output channels. Rows of the kernel
/// that would read margins alone are passed over. On libtorch's own threads, sample by sample; the result does not depend on
/// their number.
/// </summary>
internal static unsafe class DirectConvolution
{
    // Multiplications that are worth an element of an elementwise loop.
    private const long OfAnElement = 64;

    /// <summary>output[n, o] = bias[o] + Σ_c x[n, c] * weight[o, c].</summary>
    /// <param name="sizes">A sound convolution without strides.</param>
    /// <param name="x">[N, C, H, W] without gaps.</param>
    /// <param name="weight">[O, C, Kh, Kw] without gaps.</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="output">[N, O, Oh, Ow] without gaps.</param>
    public static void Run(in ConvolutionSizes sizes, float* x, float* weight, float* bias, float* output) =>
        Run(sizes, x, weight, bias, output, isTurned: false);

    /// <summary>The gradient of x: the convolution of the outputs' gradients with the kernels turned around.</summary>
    /// <param name="sizes">The forward convolution, without strides, whose margins a kernel covers.</param>
    /// <param name="gradient">[N, O, Oh, Ow] without gaps.</param>
    /// <param name="weight">[O, C, Kh, Kw] without gaps.</param>
    /// <param name="result">[N, C, H, W] without gaps.</param>
    public static void RunBackward(in ConvolutionSizes sizes, float* gradient, float* weight, float* result) =>
        Run(sizes.Backward, gradient, weight, null, result, isTurned: true);

    private static void Run(
        in ConvolutionSizes sizes, float* x, float* weight, float* bias, float* output, bool isTurned)
    {
        var work = new Work(sizes, x, output);
        work.Weights = Panels.Mine.Kernels(work.Rows * (sizes.Window + 1) + 2 * sizes.Window);
        work.Starts = work.Weights + work.Rows * sizes.Window;
        work.Offsets = (long*)(work.Starts + work.Rows);
        LayWeights(work, weight, isTurned);
        new Span<float>(work.Starts, (int)work.Rows).Clear();
        if (bias != null) new ReadOnlySpan<float>(bias, (int)sizes.Outputs).CopyTo(new(work.Starts, (int)sizes.Outputs));
        var planes = new ColumnPlanes(sizes);
        long place = 0;
        for (long y = 0; y < sizes.KernelHeight; y++)
        {
            for (long c = 0; c < sizes.Channels; c++)
            {
                for (long column = 0; column < sizes.KernelWidth; column++) work.Offsets[place++] = planes.Offset(c, y, column);
            }
        }

        long products = sizes.Places * sizes.Window * sizes.Outputs;
        ParallelLoop.Run(sizes.Samples, Math.Max(1, products / OfAnElement), &RunSamples, &work);
    }

    // Panels of rows, the window in the order [Kh, C, Kw].
    private static void LayWeights(in Work work, float* weight, bool isTurned)
    {
        var sizes = work.Sizes;
        long kernel = sizes.KernelHeight * sizes.KernelWidth;
        long ofRow = isTurned ? kernel : sizes.Window, ofChannel = isTurned ? kernel * sizes.Outputs : kernel;
        float* to = work.Weights;
        for (long row = 0; row < work.Rows; row += work.Height)
        {
            long rows = Math.Min(work.Height, sizes.Outputs - row);
            for (long y = 0; y < sizes.KernelHeight; y++)
            {
                for (long c = 0; c < sizes.Channels; c++)
                {
                    for (long column = 0; column < sizes.KernelWidth; column++, to += work.Height)
                    {
                        long place = y * sizes.KernelWidth + column;
                        float* from = weight + row * ofRow + c * ofChannel + (isTurned ? kernel - 1 - place : place);
                        for (long r = 0; r < rows; r++) to[r] = from[r * ofRow];
                        for (long r = rows; r < work.Height; r++) to[r] = 0;
                    }
                }
            }
        }
    }

    private static void RunSamples(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        var sizes = work.Sizes;
        var planes = new ColumnPlanes(sizes);
        var panels = Panels.Mine;
        float* laid = panels.Points(planes.Size);
        new Span<float>(laid, checked((int)(planes.Size))).Clear();
        for (long n = begin; n < end; n++)
        {
            planes.Lay(work.X, n, panels, laid);
            float* output = work.Output + n * sizes.Outputs * sizes.Places;
            for (long place = 0; place < sizes.Places;)
            {
                // Where fewer rows of the kernel are worth it, few places at once.
                var few = work.KernelRows(place, Math.Min(DirectKernel.FewColumns, sizes.Places - place));
                bool isWide = place + work.Width <= sizes.Places && few == work.KernelRows(place, work.Width);
                RunPlaces(work, laid, place, isWide, few, output + place);
                place += isWide ? work.Width : DirectKernel.FewColumns;
            }
        }
    }

    private static void RunPlaces(
        in Work work, float* laid, long place, bool isWide, (long First, long Count) kernelRows, float* output)
    {
        var sizes = work.Sizes;
        long ofKernelRow = sizes.Channels * sizes.KernelWidth;
        long first = kernelRows.First * ofKernelRow, depth = kernelRows.Count * ofKernelRow;
        int width = isWide ? work.Width : DirectKernel.FewColumns;
        long columns = Math.Min(width, sizes.Places - place);
        float* edge = stackalloc float[DirectKernel.FewRows * DirectKernel.ManyColumns];
        for (long row = 0; row < sizes.Outputs; row += work.Height, output += work.Height * sizes.Places)
        {
            float* weights = work.Weights + row * sizes.Window + first * work.Height, starts = work.Starts + row;
            long rows = Math.Min(work.Height, sizes.Outputs - row);
            bool isWhole = rows == work.Height && columns == width;
            float* tile = isWhole ? output : edge;
            long stride = isWhole ? sizes.Places : width;
            RunTile(work.Height, isWide, depth, weights, laid + place, work.Offsets + first, starts, tile, stride);
            if (isWhole) continue;
            for (long i = 0; i < rows; i++)
            {
                new ReadOnlySpan<float>(edge + i * width, (int)columns)
                    .CopyTo(new Span<float>(output + i * sizes.Places, (int)columns));
            }
        }
    }

    private static void RunTile(
        int height, bool isWide, long depth, float* a, float* b, long* offsets, float* starts, float* c, long stride)
    {
        if (height == DirectKernel.Rows)
        {
            if (isWide) DirectKernel.Large(depth, a, b, offsets, starts, c, stride);
            else DirectKernel.Narrow(depth, a, b, offsets, starts, c, stride);
        }
        else if (isWide)
        {
            DirectKernel.LowLarge(depth, a, b, offsets, starts, c, stride);
        }
        else
        {
            DirectKernel.LowNarrow(depth, a, b, offsets, starts, c, stride);
        }
    }

    private struct Work
    {
        public readonly ConvolutionSizes Sizes;
        public readonly float* X, Output;

        /// <summary>Channels and places of a tile.</summary>
        public readonly int Height, Width;

        /// <summary>Output channels in whole tiles.</summary>
        public readonly long Rows;

        /// <summary>Panels of weights, and what each channel's sums begin with.</summary>
        public float* Weights, Starts;

        /// <summary>Where what each element of the window reads begins.</summary>
        public long* Offsets;

        public Work(in ConvolutionSizes sizes, float* x, float* output)
        {
            Sizes = sizes;
            X = x;
            Output = output;
            bool isLow = DirectSizes.IsLow(sizes.Outputs);
            Height = isLow ? DirectKernel.FewRows : DirectKernel.Rows;
            Width = isLow ? DirectKernel.ManyColumns : DirectKernel.Columns;
            Rows = (sizes.Outputs + Height - 1) / Height * Height;
        }

        /// <summary>Rows of the kernel that read more than margins for some places; at least one.</summary>
        public readonly (long First, long Count) KernelRows(long place, long count)
        {
            long top = place / Sizes.OutputWidth - Sizes.PaddingY;
            long bottom = (place + count - 1) / Sizes.OutputWidth - Sizes.PaddingY;
            long first = bottom >= 0 ? 0 : (-bottom + Sizes.DilationY - 1) / Sizes.DilationY;
            long last = top >= Sizes.Height ? -1 : (Sizes.Height - 1 - top) / Sizes.DilationY;
            first = Math.Min(first, Sizes.KernelHeight - 1);
            return (first, Math.Max(1, Math.Min(last, Sizes.KernelHeight - 1) - first + 1));
        }
    }
}
