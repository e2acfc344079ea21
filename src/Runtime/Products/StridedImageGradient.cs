using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// The gradient of the images of a convolution with strides. What a place of the output gives to its window is a product: an
/// element of the window is a row, a place a column, and the sum goes over the output channels. Each is added where it stands in
/// the image. On libtorch's own threads, samples by samples; the result does not depend on their number.
/// </summary>
internal static unsafe class StridedImageGradient
{
    // Multiplications that are worth an element of an elementwise loop.
    private const long OfAnElement = 64;

    // Places whose products are computed with one reading of the weights.
    private const long Block = 128;

    // From a row of a tile to that which is taken next: it has no divisor with their number.
    private const int Step = 5;

    // Whole vectors are read and written: up to so many elements behind an end.
    private const int Slack = 32;

    // Elements of an image with margins that the second cache holds, and windows of which more than that is not measured.
    private const long MostElements = 1 << 18, MostPlaces = 9;

    // Below, oneDNN leaves most of what it computes at once empty.
    private const long Many = 16;

    /// <summary>Whether it takes less time than oneDNN's, where there are strides.</summary>
    public static bool Takes(in ConvolutionSizes sizes)
    {
        long places = sizes.KernelHeight * sizes.KernelWidth;
        return !sizes.HasUnitStride
            && (places == 1
                || (sizes.Channels * sizes.PaddedHeight * sizes.PaddedWidth <= MostElements
                    && (places <= MostPlaces || sizes.Channels < Many)));
    }

    /// <summary>result[n, c] = Σ_o gradient[n, o] * weight[o, c], at the places that the strides leave.</summary>
    /// <param name="sizes">A sound convolution.</param>
    /// <param name="gradient">[N, O, Oh, Ow] without gaps.</param>
    /// <param name="weight">[O, C, Kh, Kw] without gaps.</param>
    /// <param name="result">[N, C, H, W] without gaps.</param>
    public static void Run(in ConvolutionSizes sizes, float* gradient, float* weight, float* result)
    {
        var work = new Work(sizes, gradient, weight, result);
        work.Panels = Panels.Mine.Kernels(work.Rows * sizes.Outputs + Slack + 2 * sizes.Window);
        work.Offsets = (long*)(work.Panels + work.Rows * sizes.Outputs + Slack);
        for (long row = 0; row < sizes.Window; row++)
        {
            var (c, place) = Math.DivRem(row, sizes.KernelHeight * sizes.KernelWidth);
            var (y, x) = Math.DivRem(place, sizes.KernelWidth);
            work.Offsets[row] = (c * sizes.PaddedHeight + y * sizes.DilationY) * sizes.PaddedWidth + x * sizes.DilationX;
        }

        ParallelLoop.Run((sizes.Window + ProductKernel.Rows - 1) / ProductKernel.Rows, ProductKernel.Rows * sizes.Outputs,
            &LayWeights, &work);
        long units = (sizes.Samples + work.SamplesAtOnce - 1) / work.SamplesAtOnce;
        long products = work.SamplesAtOnce * sizes.Places * sizes.Window * sizes.Outputs;
        ParallelLoop.Run(units, Math.Max(1, products / OfAnElement), &RunUnits, &work);
    }

    // Panels of 12 rows; what is left below them in panels of 4.
    private static void LayWeights(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        long window = work.Sizes.Window, outputs = work.Sizes.Outputs;
        var matrix = new StridedMatrix((nint)work.Weight, window, outputs, 1, window);
        long last = Math.Min(end * ProductKernel.Rows, window);
        for (long row = begin * ProductKernel.Rows; row < last;)
        {
            int height = Height(window - row);
            long rows = Math.Min(height, window - row);
            Panels.Lay(matrix.RowsFrom(row, rows), height, work.Panels + row * outputs);
            row += rows;
        }
    }

    private static int Height(long rows) => rows >= ProductKernel.Rows ? ProductKernel.Rows : ProductKernel.FewRows;

    private static void RunUnits(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        var sizes = work.Sizes;
        var panels = Panels.Mine;
        float* right = panels.Points(Block * sizes.Outputs + Slack);
        for (long unit = begin; unit < end; unit++)
        {
            long sample = unit * work.SamplesAtOnce, count = Math.Min(work.SamplesAtOnce, sizes.Samples - sample);
            panels.ClearImages(count * work.ImageSize + Slack);
            for (long place = 0; place < count * sizes.Places; place += Block)
                RunPlaces(work, sample, place, Math.Min(Block, count * sizes.Places - place), right, panels.Images);
            for (long n = 0; n < count; n++) Write(work, panels.Images + n * work.ImageSize, sample + n);
        }
    }

    // Places [first, first + count), counted over samples from one.
    private static void RunPlaces(in Work work, long sample, long first, long count, float* right, float* images)
    {
        var sizes = work.Sizes;
        long depth = sizes.Outputs;
        Span<Piece> all = stackalloc Piece[(int)Block];
        Span<int> used = stackalloc int[(int)(Block / ProductKernel.Columns)];
        for (long j = 0; j < count; j += ProductKernel.Columns)
        {
            var pieces = all.Slice((int)j, ProductKernel.Columns);
            int number = Pieces(work, sample, first + j, (int)Math.Min(ProductKernel.Columns, count - j), pieces);
            LayGradient(work, pieces[..number], right + j * depth);
            used[(int)(j / ProductKernel.Columns)] = number;
        }

        float* tile = stackalloc float[ProductKernel.Rows * ProductKernel.Columns + Slack];
        for (long row = 0; row < sizes.Window;)
        {
            int height = Height(sizes.Window - row);
            long rows = Math.Min(height, sizes.Window - row);
            float* left = work.Panels + row * depth;
            for (long j = 0; j < count; j += ProductKernel.Columns)
            {
                if (height == ProductKernel.Rows)
                    ProductKernel.Large(depth, left, right + j * depth, tile, ProductKernel.Columns, false);
                else ProductKernel.Low(depth, left, right + j * depth, tile, ProductKernel.Columns, false);
                var pieces = all.Slice((int)j, used[(int)(j / ProductKernel.Columns)]);
                Add(work, tile, work.Offsets + row, rows, pieces, images);
            }

            row += rows;
        }
    }

    private static int Pieces(in Work work, long sample, long first, int count, Span<Piece> pieces)
    {
        var sizes = work.Sizes;
        int used = 0;
        for (int done = 0; done < count; used++)
        {
            var (n, place) = Math.DivRem(first + done, sizes.Places);
            var (y, x) = Math.DivRem(place, sizes.OutputWidth);
            int length = (int)Math.Min(sizes.OutputWidth - x, count - done);
            pieces[used] = new Piece(
                done, length, (sample + n) * sizes.Outputs * sizes.Places + place,
                n * work.ImageSize + y * sizes.StrideY * sizes.PaddedWidth + x * sizes.StrideX);
            done += length;
        }

        return used;
    }

    // A panel of columns. A piece is read, and written, in whole vectors where they are within the gradients: what is behind it
    // is written after it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LayGradient(in Work work, ReadOnlySpan<Piece> pieces, float* to)
    {
        long places = work.Sizes.Places, outputs = work.Sizes.Outputs;
        float* end = work.Gradient + work.Sizes.Samples * outputs * places;
        for (long o = 0; o < outputs; o++, to += ProductKernel.Columns)
        {
            foreach (ref readonly var piece in pieces)
            {
                float* from = work.Gradient + piece.Source + o * places, target = to + piece.Place;
                int i = 0;
                for (; i < piece.Length && from + i + 16 <= end; i += 16) Vector512.Load(from + i).Store(target + i);
                for (; i < piece.Length; i++) target[i] = from[i];
            }
        }
    }

    // Adds rows of a tile where each stands in the images. Neighbouring rows write to neighbouring places, for which the
    // processor waits: they are not taken one after another.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(
        in Work work, float* tile, long* offsets, long rows, ReadOnlySpan<Piece> pieces, float* images)
    {
        long stride = work.Sizes.StrideX;
        var low = Vector512.Create(0, 16, 1, 16, 2, 16, 3, 16, 4, 16, 5, 16, 6, 16, 7, 16);
        var high = low + Vector512.Create(8, 0, 8, 0, 8, 0, 8, 0, 8, 0, 8, 0, 8, 0, 8, 0);
        for (long i = 0, r = 0; i < ProductKernel.Rows; i++, r = (r + Step) % ProductKernel.Rows)
        {
            if (r >= rows) continue;
            float* row = tile + r * ProductKernel.Columns, image = images + offsets[r];
            foreach (ref readonly var piece in pieces)
            {
                float* from = row + piece.Place, to = image + piece.Target;
                for (int left = piece.Length; left > 0; left -= 16, from += 16, to += 16 * stride)
                {
                    if (stride > 2)
                    {
                        for (int k = 0; k < Math.Min(left, 16); k++) to[k * stride] += from[k];
                        continue;
                    }

                    var values = Vector512.Load(from);
                    if (left < 16)
                        values &= Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(left)).AsSingle();
                    if (stride == 1)
                    {
                        (Vector512.Load(to) + values).Store(to);
                        continue;
                    }

                    (Vector512.Load(to) + Avx512F.PermuteVar16x32x2(values, low, Vector512<float>.Zero)).Store(to);
                    if (left <= 8) continue;
                    (Vector512.Load(to + 16) + Avx512F.PermuteVar16x32x2(values, high, Vector512<float>.Zero)).Store(to + 16);
                }
            }
        }
    }

    // A sample without its margins.
    private static void Write(in Work work, float* image, long sample)
    {
        var sizes = work.Sizes;
        int width = (int)sizes.Width;
        float* to = work.Result + sample * sizes.Channels * sizes.Height * width;
        for (long c = 0; c < sizes.Channels; c++, image += sizes.PaddedHeight * sizes.PaddedWidth)
        {
            float* from = image + sizes.PaddingY * sizes.PaddedWidth + sizes.PaddingX;
            for (long y = 0; y < sizes.Height; y++, from += sizes.PaddedWidth, to += width)
                new ReadOnlySpan<float>(from, width).CopyTo(new Span<float>(to, width));
        }
    }

    // Places of a row: where they stand in a panel, in the outputs' gradients and in the images.
    private readonly record struct Piece(int Place, int Length, long Source, long Target);

    private struct Work(in ConvolutionSizes sizes, float* gradient, float* weight, float* result)
    {
        public readonly ConvolutionSizes Sizes = sizes;
        public readonly float* Gradient = gradient, Weight = weight, Result = result;

        /// <summary>Elements of the window in whole panels.</summary>
        public readonly long Rows =
            (sizes.Window + ProductKernel.FewRows - 1) / ProductKernel.FewRows * ProductKernel.FewRows;

        /// <summary>Elements of a sample with its margins.</summary>
        public readonly long ImageSize = sizes.Channels * sizes.PaddedHeight * sizes.PaddedWidth;

        /// <summary>So many samples that their places fill a block.</summary>
        public readonly long SamplesAtOnce = Math.Max(1, Block / sizes.Places);

        public float* Panels;

        /// <summary>Where an element of the window stands in an image with margins, from the window's place.</summary>
        public long* Offsets;
    }
}
