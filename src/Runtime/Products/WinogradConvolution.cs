using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime;

/// <summary>
/// Convolutions with kernels of 3 x 3 by tiles (<see cref="WinogradSizes"/>): in each of the 16 points an output channel is a row
/// of the left factor, a tile a column of the right one, and the sum goes over the input channels. On libtorch's own threads,
/// samples by samples; the result does not depend on their number.
/// </summary>
internal static unsafe class WinogradConvolution
{
    // Multiplications that are worth an element of an elementwise loop.
    private const long OfAnElement = 64;

    // Whole vectors are written: up to 15 elements behind the end of a panel.
    private const int Slack = 16;

    /// <summary>output[n, o] = bias[o] + Σ_c x[n, c] * weight[o, c].</summary>
    /// <param name="sizes">A convolution that <see cref="WinogradSizes.Take"/>.</param>
    /// <param name="x">[N, C, H, W] without gaps.</param>
    /// <param name="weight">[O, C, 3, 3] without gaps.</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="output">[N, O, Oh, Ow] without gaps.</param>
    public static void Run(in ConvolutionSizes sizes, float* x, float* weight, float* bias, float* output) =>
        Run(sizes, x, weight, bias, output, isTurned: false);

    /// <summary>The gradient of x: the convolution of the outputs' gradients with the kernels turned around.</summary>
    /// <param name="sizes">The forward convolution, whose <see cref="ConvolutionSizes.Backward"/> is taken.</param>
    /// <param name="gradient">[N, O, Oh, Ow] without gaps.</param>
    /// <param name="weight">[O, C, 3, 3] without gaps.</param>
    /// <param name="result">[N, C, H, W] without gaps.</param>
    public static void RunBackward(in ConvolutionSizes sizes, float* gradient, float* weight, float* result) =>
        Run(sizes.Backward, gradient, weight, null, result, isTurned: true);

    private static void Run(
        in ConvolutionSizes sizes, float* x, float* weight, float* bias, float* output, bool isTurned)
    {
        var tiles = new WinogradSizes(sizes);
        var work = new Work(tiles, x, Panels.Mine.Kernels(WinogradSizes.Points * LeftOf(tiles)), bias, output);
        LayKernels(tiles, weight, isTurned, work.Kernels);
        long units = (sizes.Samples + work.SamplesAtOnce - 1) / work.SamplesAtOnce;
        long products = work.SamplesAtOnce * tiles.Tiles * WinogradSizes.Points * sizes.Channels * sizes.Outputs;
        ParallelLoop.Run(units, Math.Max(1, products / OfAnElement), &RunUnits, &work);
    }

    // Elements of the left factor of a point, and behind them.
    private static long LeftOf(in WinogradSizes tiles) => tiles.Rows * tiles.Convolution.Channels + Slack;

    // For each point, and each block of the depth, panels of rows one after another.
    private static void LayKernels(in WinogradSizes tiles, float* weight, bool isTurned, float* to)
    {
        var sizes = tiles.Convolution;
        long stride = LeftOf(tiles), rowStride = isTurned ? 9 : 9 * sizes.Channels, step = isTurned ? 9 * sizes.Outputs : 9;
        float* nine = stackalloc float[9 * ProductKernel.Rows + Slack];
        for (long start = 0; start < sizes.Channels; start += Panels.Depth)
        {
            long depth = Math.Min(Panels.Depth, sizes.Channels - start);
            for (int group = 0; group < tiles.Groups; group++)
            {
                var (row, height) = tiles.Group(group);
                long rows = Math.Min(height, sizes.Outputs - row);
                float* panel = to + tiles.Rows * start + row * depth;
                for (long c = 0; c < depth; c++)
                {
                    var kernels = new StridedMatrix((nint)(weight + row * rowStride + (start + c) * step), rows, 9, rowStride, 1);
                    Panels.Lay(kernels, height, nine);
                    if (isTurned) WinogradTransform.Kernel(nine + 8 * height, -height, panel + c * height, stride);
                    else WinogradTransform.Kernel(nine, height, panel + c * height, stride);
                }
            }
        }
    }

    private static void RunUnits(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        var tiles = work.Tiles;
        var panels = Panels.Mine;
        var images = new WinogradImages(tiles);
        panels.ClearImages(work.SamplesAtOnce * images.Size);
        float* right = panels.Points(WinogradSizes.Points * work.Block * (tiles.Convolution.Channels + tiles.Rows));
        for (long unit = begin; unit < end; unit++)
        {
            long sample = unit * work.SamplesAtOnce, count = Math.Min(work.SamplesAtOnce, tiles.Convolution.Samples - sample);
            images.Lay(work.X, sample, count, panels.Images);
            for (long first = 0; first < count * tiles.Tiles; first += work.Block)
            {
                long used = Math.Min(work.Block, count * tiles.Tiles - first);
                LayTiles(work, images, panels.Images, first, used, right);
                Multiply(work, used, right);
                WriteTiles(work, sample, first, used, right);
            }
        }
    }

    // Panels of 32 tiles, in each point.
    private static void LayTiles(in Work work, in WinogradImages images, float* from, long first, long count, float* to)
    {
        long channels = work.Tiles.Convolution.Channels;
        long* inImage = stackalloc long[WinogradSizes.Points], inRows = stackalloc long[WinogradSizes.Points];
        images.SetOffsets(new Span<long>(inImage, WinogradSizes.Points));
        const int row = ProductKernel.Columns + Slack;
        for (int i = 0; i < WinogradSizes.Points; i++) inRows[i] = i * row;
        float* rows = stackalloc float[WinogradSizes.Points * row];
        new Span<float>(rows, WinogradSizes.Points * row).Clear();
        Span<Panels.Piece> pieces = stackalloc Panels.Piece[ProductKernel.Columns];
        for (long j = 0; j < count; j += ProductKernel.Columns, to += ProductKernel.Columns * channels)
        {
            var used = pieces[..images.Pieces(first + j, (int)Math.Min(ProductKernel.Columns, count - j), pieces)];
            bool isWhole = used[0].Length == 16 && used.Length == 2 && used[1].Length == 16;
            float* image = from, target = to;
            for (long c = 0; c < channels; c++, image += images.Channel, target += ProductKernel.Columns)
            {
                if (isWhole)
                {
                    WinogradTransform.Input(image + used[0].Offset, inImage, target, work.RightOf);
                    WinogradTransform.Input(image + used[1].Offset, inImage, target + 16, work.RightOf);
                    continue;
                }

                for (int i = 0; i < WinogradSizes.Points; i++) Panels.LayPieces(image + inImage[i], used, rows + i * row);
                WinogradTransform.Input(rows, inRows, target, work.RightOf);
                WinogradTransform.Input(rows + 16, inRows, target + 16, work.RightOf);
            }
        }
    }

    private static void Multiply(in Work work, long count, float* right)
    {
        var tiles = work.Tiles;
        long channels = tiles.Convolution.Channels;
        float* sums = work.SumsBehind(right), left = work.Kernels;
        for (int point = 0; point < WinogradSizes.Points; point++, left += LeftOf(tiles))
        {
            for (long start = 0; start < channels; start += Panels.Depth)
            {
                long depth = Math.Min(Panels.Depth, channels - start);
                for (long j = 0; j < count; j += ProductKernel.Columns)
                {
                    float* b = right + point * work.RightOf + j * channels + start * ProductKernel.Columns;
                    float* c = sums + point * work.SumsOf + j * tiles.Rows;
                    for (int group = 0; group < tiles.Groups; group++)
                    {
                        var (row, height) = tiles.Group(group);
                        float* a = left + tiles.Rows * start + row * depth, tile = c + row * ProductKernel.Columns;
                        if (height == ProductKernel.Rows)
                            ProductKernel.Large(depth, a, b, tile, ProductKernel.Columns, start > 0);
                        else ProductKernel.Low(depth, a, b, tile, ProductKernel.Columns, start > 0);
                    }
                }
            }
        }
    }

    private static void WriteTiles(in Work work, long sample, long first, long count, float* right)
    {
        var tiles = work.Tiles;
        var sizes = tiles.Convolution;
        float* from = work.SumsBehind(right);
        float* top = stackalloc float[4 * ProductKernel.Columns], bottom = top + 2 * ProductKernel.Columns;
        Span<OutputPiece> pieces = stackalloc OutputPiece[ProductKernel.Columns];
        for (long j = 0; j < count; j += ProductKernel.Columns, from += ProductKernel.Columns * tiles.Rows)
        {
            var used = pieces[..Pieces(tiles, first + j, (int)Math.Min(ProductKernel.Columns, count - j), pieces)];
            float* output = work.Output + sample * sizes.Outputs * sizes.Places;
            for (long o = 0; o < sizes.Outputs; o++, output += sizes.Places)
            {
                float* sums = from + o * ProductKernel.Columns;
                float bias = work.Bias == null ? 0 : work.Bias[o];
                WinogradTransform.Output(sums, work.SumsOf, bias, top, bottom);
                WinogradTransform.Output(sums + 16, work.SumsOf, bias, top + 32, bottom + 32);
                foreach (ref readonly var piece in used)
                {
                    Copy(top + piece.Place, output + piece.Offset, piece.Length);
                    if (piece.HasBottom) Copy(bottom + piece.Place, output + piece.Offset + sizes.OutputWidth, piece.Length);
                }
            }
        }
    }

    private static int Pieces(in WinogradSizes tiles, long first, int count, Span<OutputPiece> pieces)
    {
        var sizes = tiles.Convolution;
        int used = 0;
        for (int done = 0; done < count; used++)
        {
            var (sample, y, x) = tiles.Place(first + done);
            int length = (int)Math.Min(tiles.Across - x, count - done);
            pieces[used] = new OutputPiece(
                2 * done, (int)Math.Min(2 * length, sizes.OutputWidth - 2 * x),
                sample * sizes.Outputs * sizes.Places + 2 * y * sizes.OutputWidth + 2 * x, 2 * y + 1 < sizes.OutputHeight);
            done += length;
        }

        return used;
    }

    // Not a place more: what follows may be another thread's.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* from, float* to, int count)
    {
        int i = 0;
        for (; i + 16 <= count; i += 16) Vector512.Load(from + i).Store(to + i);
        if (i + 8 <= count)
        {
            Vector256.Load(from + i).Store(to + i);
            i += 8;
        }

        if (i + 4 <= count)
        {
            Vector128.Load(from + i).Store(to + i);
            i += 4;
        }

        for (; i < count; i++) to[i] = from[i];
    }

    // A piece of a row of tiles: where its places stand in a panel of 64, how many they are, and where they go.
    private readonly record struct OutputPiece(int Place, int Length, long Offset, bool HasBottom);

    private readonly struct Work(in WinogradSizes tiles, float* x, float* kernels, float* bias, float* output)
    {
        // Kernels of more elements are read from the third cache: the more tiles at once, the more seldom.
        private const long FewKernels = 8192;

        public readonly WinogradSizes Tiles = tiles;
        public readonly float* X = x, Kernels = kernels, Bias = bias, Output = output;

        /// <summary>Tiles that are multiplied at once.</summary>
        public readonly long Block =
            ProductKernel.Columns * (tiles.Convolution.Channels * tiles.Convolution.Outputs <= FewKernels ? 1 : 2);

        /// <summary>So many samples that their tiles fill a block.</summary>
        public long SamplesAtOnce => Math.Max(1, Block / Tiles.Tiles);

        /// <summary>Elements of the right factor of a point.</summary>
        public long RightOf => Block * Tiles.Convolution.Channels;

        /// <summary>Elements of the products of a point.</summary>
        public long SumsOf => Block * Tiles.Rows;

        public float* SumsBehind(float* right) => right + WinogradSizes.Points * RightOf;
    }
}
