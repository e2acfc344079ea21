using System.Numerics.Tensors;

namespace Dsl.Runtime;

/// <summary>
/// The gradient of the kernels of a convolution by tiles (<see cref="WinogradSizes"/>): in each point an output channel
/// is a row, an input channel a column, and the sum goes over the tiles of all samples. Images lie with their channels
/// side by side. The result does not depend on the number of threads.
/// </summary>
internal static unsafe class WinogradKernelGradient
{
    private const long OfAnElement = 64;

    // Whole vectors are read and written: up to 15 elements behind an end.
    private const int Slack = 32;

    // Tiles of a block: the depth of a product.
    private const int Depth = 128;

    // Elements of all parts' sums, about, and blocks that are worth a part.
    private const long OfAllParts = 1 << 21, BlocksOfAPart = 4;

    /// <summary>result[o, c] = Σ_n x[n, c] * gradient[n, o].</summary>
    /// <param name="tiles">The convolution and its tiles.</param>
    /// <param name="x">[N, C, H, W] without gaps.</param>
    /// <param name="gradient">[N, O, Oh, Ow] without gaps.</param>
    /// <param name="result">[O, C, 3, 3] without gaps.</param>
    public static void Run(in WinogradSizes tiles, float* x, float* gradient, float* result)
    {
        if (tiles.Side == WinogradFour.Side) Run<WinogradFour>(tiles, x, gradient, result);
        else Run<WinogradTwo>(tiles, x, gradient, result);
    }

    private static void Run<TTransform>(in WinogradSizes tiles, float* x, float* gradient, float* result)
        where TTransform : struct, IWinogradTransform
    {
        var sizes = tiles.Convolution;
        var work = new Work(tiles, x, gradient, result);
        work.Sums = Panels.Mine.Kernels(work.Parts * work.SumsOf);
        if (work.Parts == 1) RunSamples<TTransform>(work, 0, sizes.Samples, isAlone: true);
        else ParallelLoop.Run(work.Parts, long.MaxValue, &RunParts<TTransform>, &work);
        ParallelLoop.Run(sizes.Outputs, 9 * sizes.Channels, &WriteKernels<TTransform>, &work);
    }

    private static void RunParts<TTransform>(long begin, long end, void* context)
        where TTransform : struct, IWinogradTransform
    {
        ref var whole = ref *(Work*)context;
        long units = (whole.Tiles.Convolution.Samples + whole.SamplesAtOnce - 1) / whole.SamplesAtOnce;
        for (long part = begin; part < end; part++)
        {
            var work = whole;
            work.Sums += part * work.SumsOf;
            long first = units * part / work.Parts * work.SamplesAtOnce;
            long last = Math.Min(units * (part + 1) / work.Parts * work.SamplesAtOnce, work.Tiles.Convolution.Samples);
            RunSamples<TTransform>(work, first, last, isAlone: false);
        }
    }

    // Where nothing else runs, on all threads.
    private static void RunSamples<TTransform>(Work work, long first, long last, bool isAlone)
        where TTransform : struct, IWinogradTransform
    {
        var tiles = work.Tiles;
        var sizes = tiles.Convolution;
        var panels = Panels.Mine;
        panels.ClearImages(work.SamplesAtOnce * (work.Images.Size + work.Gradients.Size) + 2 * Slack);
        work.LaidImages = panels.Images;
        work.LaidGradients = panels.Images + work.SamplesAtOnce * work.Images.Size + Slack;
        work.Right = panels.Points(tiles.Points * (work.RightOf + work.LeftOf));
        work.Left = work.Right + tiles.Points * work.RightOf;
        work.IsFirst = true;
        for (work.Sample = first; work.Sample < last; work.Sample += work.SamplesAtOnce)
        {
            long count = Math.Min(work.SamplesAtOnce, last - work.Sample);
            Run(count, sizes.Places * (sizes.Channels + sizes.Outputs), &LaySamples);
            for (work.First = 0; work.First < count * tiles.Tiles; work.First += Depth)
            {
                work.Count = Math.Min(Depth, count * tiles.Tiles - work.First);
                Run(work.ColumnPanels + tiles.Groups, work.Count * tiles.Points * 16, &LayTiles<TTransform>);
                long products = work.Count * ProductKernel.Columns * sizes.Outputs;
                Run(tiles.Points * work.ColumnPanels, Math.Max(1, products / OfAnElement), &Multiply);
                work.IsFirst = false;
            }
        }

        void Run(long rounds, long size, delegate*<long, long, void*, void> body)
        {
            var own = work;
            if (isAlone) ParallelLoop.Run(rounds, size, body, &own);
            else body(0, rounds, &own);
        }
    }

    private static void LaySamples(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        work.Images.Lay(work.X, work.Sample + begin, end - begin, work.LaidImages + begin * work.Images.Size);
        work.Gradients.Lay(work.Gradient, work.Sample + begin, end - begin, work.LaidGradients + begin * work.Gradients.Size);
    }

    // First panels of 32 input channels, then those of output channels, each in all points.
    private static void LayTiles<TTransform>(long begin, long end, void* context)
        where TTransform : struct, IWinogradTransform
    {
        ref var work = ref *(Work*)context;
        for (long unit = begin; unit < end; unit++)
        {
            if (unit < work.ColumnPanels) LayInputs<TTransform>(work, unit);
            else LayOutputs<TTransform>(work, (int)(unit - work.ColumnPanels));
        }
    }

    private static void LayInputs<TTransform>(in Work work, long panel)
        where TTransform : struct, IWinogradTransform
    {
        var images = work.Images;
        int side = TTransform.Side, columns = side + 2;
        long* offsets = stackalloc long[work.Tiles.Points];
        for (int i = 0; i < work.Tiles.Points; i++) offsets[i] = i / columns * images.Row + i % columns * images.Channels;
        float* to = work.Right + panel * Depth * ProductKernel.Columns;
        for (long p = 0; p < work.Count; p++, to += ProductKernel.Columns)
        {
            var (sample, y, x) = work.Tiles.Place(work.First + p);
            float* from = work.LaidImages + sample * images.Size + side * (y * images.Row + x * images.Channels)
                + panel * ProductKernel.Columns;
            TTransform.Input(from, offsets, to, work.RightOf);
            TTransform.Input(from + 16, offsets, to + 16, work.RightOf);
        }
    }

    private static void LayOutputs<TTransform>(in Work work, int group)
        where TTransform : struct, IWinogradTransform
    {
        var gradients = work.Gradients;
        var (row, height) = work.Tiles.Group(group);
        float* to = work.LeftPanel(0, group);
        for (long p = 0; p < work.Count; p++, to += height)
        {
            var (sample, y, x) = work.Tiles.Place(work.First + p);
            float* from = work.LaidGradients + sample * gradients.Size
                + TTransform.Side * (y * gradients.Row + x * gradients.Channels) + row;
            TTransform.OutputGradient(from, gradients.Channels, gradients.Row, to, work.LeftOf);
        }
    }

    private static void Multiply(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        for (long unit = begin; unit < end; unit++)
        {
            var (point, panel) = Math.DivRem(unit, work.ColumnPanels);
            float* right = work.Right + point * work.RightOf + panel * Depth * ProductKernel.Columns;
            float* sums = work.Sums + point * work.Tiles.Rows * work.Columns + panel * ProductKernel.Columns;
            for (int group = 0; group < work.Tiles.Groups; group++)
            {
                var (row, height) = work.Tiles.Group(group);
                float* left = work.LeftPanel(point, group), tile = sums + row * work.Columns;
                if (height == ProductKernel.Rows) ProductKernel.Large(work.Count, left, right, tile, work.Columns, !work.IsFirst);
                else ProductKernel.Low(work.Count, left, right, tile, work.Columns, !work.IsFirst);
            }
        }
    }

    private static void WriteKernels<TTransform>(long begin, long end, void* context)
        where TTransform : struct, IWinogradTransform
    {
        ref var work = ref *(Work*)context;
        long channels = work.Images.Channels;
        float* nine = stackalloc float[9 * 16];
        for (long o = begin; o < end; o++)
        {
            for (long part = 1; part < work.Parts; part++)
            {
                for (int point = 0; point < work.Tiles.Points; point++)
                {
                    long row = (point * work.Tiles.Rows + o) * work.Columns;
                    var sum = new Span<float>(work.Sums + row, (int)work.Columns);
                    TensorPrimitives.Add(sum, new ReadOnlySpan<float>(work.Sums + part * work.SumsOf + row, sum.Length), sum);
                }
            }

            for (long c = 0; c < channels; c += 16)
            {
                TTransform.KernelGradient(
                    work.Sums + o * work.Columns + c, work.Tiles.Rows * work.Columns, nine);
                float* to = work.Result + (o * channels + c) * 9;
                for (int i = 0; i < Math.Min(16, channels - c); i++, to += 9)
                {
                    for (int k = 0; k < 9; k++) to[k] = nine[16 * k + i];
                }
            }
        }
    }

    private struct Work
    {
        public readonly WinogradSizes Tiles;
        public readonly float* X, Gradient, Result;

        /// <summary>The images, and the outputs' gradients, as they are laid out.</summary>
        public readonly WinogradPlaces Images, Gradients;

        /// <summary>So many samples that their tiles fill a block.</summary>
        public readonly long SamplesAtOnce;

        /// <summary>Panels of 32 input channels, and channels in them.</summary>
        public readonly long ColumnPanels, Columns;

        /// <summary>Elements of the left factor of a point.</summary>
        public readonly long LeftOf;

        /// <summary>Elements of the sums of a part, and the number of parts.</summary>
        public readonly long SumsOf, Parts;

        /// <summary>Elements of the right factor of a point. At powers of two a cache would keep a few points alone.</summary>
        public readonly long RightOf;

        public float* LaidImages, LaidGradients, Left, Right, Sums;

        /// <summary>Whether nothing is added up yet.</summary>
        public bool IsFirst;

        /// <summary>The first sample that is laid out, the first tile of them that is, and how many are.</summary>
        public long Sample, First, Count;

        public Work(in WinogradSizes tiles, float* x, float* gradient, float* result)
        {
            var sizes = tiles.Convolution;
            Tiles = tiles;
            X = x;
            Gradient = gradient;
            Result = result;
            Images = new WinogradPlaces(
                sizes.Channels, sizes.Height, sizes.Width, sizes.PaddingY, sizes.PaddingX, tiles.Side * tiles.Down + 2,
                tiles.Side * tiles.Across + 2);
            Gradients = new WinogradPlaces(
                sizes.Outputs, sizes.OutputHeight, sizes.OutputWidth, 0, 0, tiles.Side * tiles.Down, tiles.Side * tiles.Across);
            SamplesAtOnce = Math.Clamp(Depth / tiles.Tiles, 1, sizes.Samples);
            ColumnPanels = (sizes.Channels + ProductKernel.Columns - 1) / ProductKernel.Columns;
            Columns = ColumnPanels * ProductKernel.Columns;
            RightOf = Depth * Columns + Slack;
            LeftOf = Depth * tiles.Rows + tiles.Groups * Slack;
            SumsOf = tiles.Points * tiles.Rows * Columns;
            long blocks = sizes.Samples * tiles.Tiles / Depth;
            Parts = Math.Max(1, Math.Min(Math.Min(OfAllParts / SumsOf, blocks / BlocksOfAPart), sizes.Samples / SamplesAtOnce));
        }

        /// <summary>A panel of output channels; behind each there is room for what whole vectors write.</summary>
        public readonly float* LeftPanel(long point, int group) =>
            Left + point * LeftOf + Tiles.Group(group).Row * Depth + group * Slack;
    }
}
