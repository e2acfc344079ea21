using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime;

/// <summary>
/// Convolutions with kernels of 3 x 3 by tiles (<see cref="WinogradSizes"/>): in each point an output channel is a row of the
/// left factor, a tile a column of the right one, and the sum goes over the input channels. On libtorch's own threads,
/// samples by samples; the result does not depend on their number.
/// </summary>
internal static unsafe class WinogradConvolution
{
    // Multiplications that are worth an element of an elementwise loop.
    private const long OfAnElement = 64;

    // Whole vectors are written: up to 15 elements behind the end of a panel.
    private const int Slack = 16;

    /// <summary>output[n, o] = bias[o] + Σ_c x[n, c] * weight[o, c].</summary>
    /// <param name="tiles">The convolution and its tiles.</param>
    /// <param name="x">[N, C, H, W] without gaps.</param>
    /// <param name="weight">[O, C, 3, 3] without gaps.</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="output">[N, O, Oh, Ow] without gaps.</param>
    public static void Run(in WinogradSizes tiles, float* x, float* weight, float* bias, float* output) =>
        Run(tiles, x, weight, bias, output, isTurned: false);

    /// <summary>The gradient of x: the convolution of the outputs' gradients with the kernels turned around.</summary>
    /// <param name="tiles">The <see cref="ConvolutionSizes.Backward"/> of the forward convolution, and its tiles.</param>
    /// <param name="gradient">[N, O, Oh, Ow] without gaps.</param>
    /// <param name="weight">[O, C, 3, 3] without gaps.</param>
    /// <param name="result">[N, C, H, W] without gaps.</param>
    public static void RunBackward(in WinogradSizes tiles, float* gradient, float* weight, float* result) =>
        Run(tiles, gradient, weight, null, result, isTurned: true);

    private static void Run(in WinogradSizes tiles, float* x, float* weight, float* bias, float* output, bool isTurned)
    {
        if (tiles.Side == WinogradFour.Side) Run<WinogradFour>(tiles, x, weight, bias, output, isTurned);
        else Run<WinogradTwo>(tiles, x, weight, bias, output, isTurned);
    }

    private static void Run<TTransform>(
        in WinogradSizes tiles, float* x, float* weight, float* bias, float* output, bool isTurned)
        where TTransform : struct, IWinogradTransform
    {
        var sizes = tiles.Convolution;
        var work = new Work(tiles, x, Panels.Mine.Kernels(tiles.Points * LeftOf(tiles)), bias, output);
        LayKernels<TTransform>(tiles, weight, isTurned, work.Kernels);
        long units = (sizes.Samples + work.SamplesAtOnce - 1) / work.SamplesAtOnce;
        long products = work.SamplesAtOnce * tiles.Tiles * tiles.Points * sizes.Channels * sizes.Outputs;
        ParallelLoop.Run(units, Math.Max(1, products / OfAnElement), &RunUnits<TTransform>, &work);
    }

    // Elements of the left factor of a point, and behind them.
    private static long LeftOf(in WinogradSizes tiles) => tiles.Rows * tiles.Convolution.Channels + Slack;

    // For each point, and each block of the depth, panels of rows one after another.
    private static void LayKernels<TTransform>(in WinogradSizes tiles, float* weight, bool isTurned, float* to)
        where TTransform : struct, IWinogradTransform
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
                    if (isTurned) TTransform.Kernel(nine + 8 * height, -height, panel + c * height, stride);
                    else TTransform.Kernel(nine, height, panel + c * height, stride);
                }
            }
        }
    }

    private static void RunUnits<TTransform>(long begin, long end, void* context)
        where TTransform : struct, IWinogradTransform
    {
        ref var work = ref *(Work*)context;
        var tiles = work.Tiles;
        var panels = Panels.Mine;
        var images = new WinogradImages(tiles);
        panels.ClearImages(work.SamplesAtOnce * images.Size);
        float* right = panels.Points(tiles.Points * (work.RightOf + work.SumsOf));
        for (long unit = begin; unit < end; unit++)
        {
            long sample = unit * work.SamplesAtOnce, count = Math.Min(work.SamplesAtOnce, tiles.Convolution.Samples - sample);
            images.Lay(work.X, sample, count, panels.Images);
            for (long first = 0; first < count * tiles.Tiles; first += work.Block)
            {
                long used = Math.Min(work.Block, count * tiles.Tiles - first);
                LayTiles<TTransform>(work, images, panels.Images, first, used, right);
                Multiply(work, used, right);
                WriteTiles<TTransform>(work, sample, first, used, right);
            }
        }
    }

    // Panels of 32 tiles, in each point.
    private static void LayTiles<TTransform>(
        in Work work, in WinogradImages images, float* from, long first, long count, float* to)
        where TTransform : struct, IWinogradTransform
    {
        int points = work.Tiles.Points;
        long channels = work.Tiles.Convolution.Channels;
        long* inImage = stackalloc long[points], inRows = stackalloc long[points];
        images.SetOffsets(new Span<long>(inImage, points));
        const int row = ProductKernel.Columns + Slack;
        for (int i = 0; i < points; i++) inRows[i] = i * row;
        float* rows = stackalloc float[points * row];
        new Span<float>(rows, points * row).Clear();
        Span<Panels.Piece> pieces = stackalloc Panels.Piece[ProductKernel.Columns];
        for (long j = 0; j < count; j += ProductKernel.Columns, to += ProductKernel.Columns * channels)
        {
            var used = pieces[..images.Pieces(first + j, (int)Math.Min(ProductKernel.Columns, count - j), pieces)];
            long left = Whole(used, 0), right = Whole(used, 16);
            float* image = from, target = to;
            for (long c = 0; c < channels; c++, image += images.Channel, target += ProductKernel.Columns)
            {
                if (left >= 0 && right >= 0)
                {
                    TTransform.Input(image + left, inImage, target, work.RightOf);
                    TTransform.Input(image + right, inImage, target + 16, work.RightOf);
                    continue;
                }

                for (int i = 0; i < points; i++) Panels.LayPieces(image + inImage[i], used, rows + i * row);
                TTransform.Input(rows, inRows, target, work.RightOf);
                TTransform.Input(rows + 16, inRows, target + 16, work.RightOf);
            }
        }
    }

    // Where 16 tiles from a place on stand, if they lie side by side; else −1.
    private static long Whole(ReadOnlySpan<Panels.Piece> pieces, int place)
    {
        foreach (ref readonly var piece in pieces)
            if (piece.Place <= place && place + 16 <= piece.Place + piece.Length) return piece.Offset + place - piece.Place;
        return -1;
    }

    private static void Multiply(in Work work, long count, float* right)
    {
        var tiles = work.Tiles;
        long channels = tiles.Convolution.Channels;
        float* sums = work.SumsBehind(right), left = work.Kernels;
        for (int point = 0; point < tiles.Points; point++, left += LeftOf(tiles))
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

    [SkipLocalsInit]
    private static void WriteTiles<TTransform>(in Work work, long sample, long first, long count, float* right)
        where TTransform : struct, IWinogradTransform
    {
        var tiles = work.Tiles;
        var sizes = tiles.Convolution;
        int side = TTransform.Side, row = side * ProductKernel.Columns;
        float* from = work.SumsBehind(right);
        float* places = stackalloc float[side * row];
        Span<OutputPiece> pieces = stackalloc OutputPiece[ProductKernel.Columns];
        for (long j = 0; j < count; j += ProductKernel.Columns, from += ProductKernel.Columns * tiles.Rows)
        {
            var used = pieces[..Pieces(tiles, first + j, (int)Math.Min(ProductKernel.Columns, count - j), pieces)];
            float* output = work.Output + sample * sizes.Outputs * sizes.Places;
            for (long o = 0; o < sizes.Outputs; o++, output += sizes.Places)
            {
                float* sums = from + o * ProductKernel.Columns;
                float bias = work.Bias == null ? 0 : work.Bias[o];
                TTransform.Output(sums, work.SumsOf, bias, places, row);
                TTransform.Output(sums + 16, work.SumsOf, bias, places + 16 * side, row);
                foreach (ref readonly var piece in used)
                {
                    float* place = places + piece.Place, target = output + piece.Offset;
                    for (int y = 0; y < piece.Rows; y++, place += row, target += sizes.OutputWidth)
                        Copy(place, target, piece.Length);
                }
            }
        }
    }

    private static int Pieces(in WinogradSizes tiles, long first, int count, Span<OutputPiece> pieces)
    {
        var sizes = tiles.Convolution;
        int used = 0, side = tiles.Side;
        for (int done = 0; done < count; used++)
        {
            var (sample, y, x) = tiles.Place(first + done);
            int length = (int)Math.Min(tiles.Across - x, count - done);
            pieces[used] = new OutputPiece(
                side * done, (int)Math.Min(side * length, sizes.OutputWidth - side * x),
                sample * sizes.Outputs * sizes.Places + side * (y * sizes.OutputWidth + x),
                (int)Math.Min(side, sizes.OutputHeight - side * y));
            done += length;
        }

        return used;
    }

    /// <summary>Copies numbers, and writes not a place more: what follows may be another thread's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* from, float* to, int count)
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

    // A piece of a row of tiles: where its places stand in a row of a panel's, how many they are, where they go, and how many
    // rows of them there are.
    private readonly record struct OutputPiece(int Place, int Length, long Offset, int Rows);

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
        public long SamplesAtOnce => Math.Clamp(Block / Tiles.Tiles, 1, Tiles.Convolution.Samples);

        /// <summary>Elements of the right factor of a point. At powers of two a cache would keep a few points alone.</summary>
        public long RightOf => Block * Tiles.Convolution.Channels + Slack;

        /// <summary>Elements of the products of a point, likewise.</summary>
        public long SumsOf => Block * Tiles.Rows + Slack;

        public float* SumsBehind(float* right) => right + Tiles.Points * RightOf;
    }
}
