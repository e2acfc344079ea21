using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// The largest element of each window of images of 32-bit numbers, and where it stood: eight windows of a row at once, without a
/// branch that depends on the numbers. libtorch's own loop takes them one at a time, and twenty times as long.
/// </summary>
internal static unsafe class MaxPoolLoop
{
    // Windows that are handled at once.
    private const int Lanes = 8;

    private static readonly Vector256<int> s_lanes = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    // Where windows of a row begin, in the order of Pairs.
    private static readonly Vector256<int> s_pairs = Vector256.Create(0, 2, 8, 10, 4, 6, 12, 14);

    // Whether places are asked for: two loops, one of which keeps none.
    private interface IPlaces
    {
        static abstract bool AreAsked { get; }
    }

    private readonly struct Places : IPlaces
    {
        public static bool AreAsked => true;
    }

    private readonly struct NoPlaces : IPlaces
    {
        public static bool AreAsked => false;
    }

    /// <summary>A window's size, step and margin in both dimensions, over planes of one size.</summary>
    public readonly record struct Window(
        long Height, long Width, int KernelY, int KernelX, int StrideY, int StrideX, int PaddingY, int PaddingX)
    {
        public long OutputHeight => (Height + 2 * PaddingY - KernelY) / StrideY + 1;

        public long OutputWidth => (Width + 2 * PaddingX - KernelX) / StrideX + 1;

        /// <summary>Whether windows are of 2 x 2, each beside the last one, on a processor that sorts pairs.</summary>
        public bool IsOfPairs => Avx2.IsSupported && KernelY == 2 && KernelX == 2 && StrideY == 2 && StrideX == 2
            && PaddingY == 0 && PaddingX == 0;

        /// <summary>Whether every window has elements, and places fit into 32 bits.</summary>
        public bool IsSound => Height > 0 && Width > 0 && KernelY > 0 && KernelX > 0 && StrideY > 0 && StrideX > 0
            && PaddingY >= 0 && PaddingX >= 0 && 2 * PaddingY <= KernelY && 2 * PaddingX <= KernelX
            && Height + 2 * PaddingY >= KernelY && Width + 2 * PaddingX >= KernelX && Height * Width < int.MaxValue;
    }

    /// <summary>Writes the largest elements and their places in their planes.</summary>
    /// <param name="window">A sound one.</param>
    /// <param name="x">Planes without gaps.</param>
    /// <param name="planes">Their number.</param>
    /// <param name="output">As many planes of the output's size.</param>
    /// <param name="indices">Likewise; null where nobody asks.</param>
    public static void Run(in Window window, float* x, long planes, float* output, long* indices)
    {
        var work = new Work(window, x, planes, output, indices);
        ParallelLoop.Run(planes, Math.Max(1, window.OutputHeight * window.OutputWidth), &RunPlanes, &work);
    }

    /// <summary>Writes the gradient of the planes: each number of the output's where its largest element stood.</summary>
    /// <param name="gradient">Planes of the output's size.</param>
    /// <param name="indices">What <see cref="Run"/> wrote.</param>
    /// <param name="outputs">Numbers of a plane of the output.</param>
    /// <param name="planes">Their number.</param>
    /// <param name="ofX">As many planes.</param>
    /// <param name="size">Numbers of a plane.</param>
    public static void RunBackward(float* gradient, long* indices, long outputs, long planes, float* ofX, long size)
    {
        var work = new BackwardWork
        {
            Gradient = gradient, Indices = indices, Outputs = outputs, OfX = ofX, Size = size,
        };
        ParallelLoop.Run(planes, Math.Max(1, size + outputs), &RunPlanesBackward, &work);
    }

    private static void RunPlanesBackward(long begin, long end, void* context)
    {
        ref var work = ref *(BackwardWork*)context;
        new Span<float>(work.OfX + begin * work.Size, checked((int)((end - begin) * work.Size))).Clear();
        for (long plane = begin; plane < end; plane++)
        {
            float* gradient = work.Gradient + plane * work.Outputs, ofX = work.OfX + plane * work.Size;
            long* indices = work.Indices + plane * work.Outputs;
            for (long i = 0; i < work.Outputs; i++) ofX[indices[i]] += gradient[i];
        }
    }

    private struct BackwardWork
    {
        public float* Gradient, OfX;
        public long* Indices;
        public long Outputs, Size;
    }

    private static void RunPlanes(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        if (work.Window.IsOfPairs)
        {
            if (work.Indices == null) RunPairs<NoPlaces>(work, begin, end);
            else RunPairs<Places>(work, begin, end);
            return;
        }

        var window = work.Window;
        long size = window.Height * window.Width, outputs = window.OutputHeight * window.OutputWidth;
        for (long plane = begin; plane < end; plane++)
        {
            float* x = work.X + plane * size, output = work.Output + plane * outputs;
            long* indices = work.Indices == null ? null : work.Indices + plane * outputs;
            for (long row = 0; row < window.OutputHeight; row++, output += window.OutputWidth)
            {
                RunRow(window, x, row, work.End, output, indices);
                if (indices != null) indices += window.OutputWidth;
            }
        }
    }

    // Windows of 2 x 2, each beside the last one. Eight of them may reach beyond their row, not beyond these planes: what they
    // write there is written again later.
    private static void RunPairs<TPlaces>(in Work work, long begin, long end) where TPlaces : struct, IPlaces
    {
        var window = work.Window;
        long size = window.Height * window.Width, height = window.OutputHeight, width = window.OutputWidth;
        float* x = work.X + begin * size, lastX = work.X + end * size;
        float* output = work.Output + begin * height * width, lastOutput = work.Output + end * height * width - Lanes;
        long* indices = work.Indices + begin * height * width;
        for (long plane = begin; plane < end; plane++, x += size)
        {
            long row = 0;
            if (width == Lanes / 2)
            {
                // Two rows fill a vector.
                for (; row + 2 <= height; row += 2, output += Lanes, indices += Lanes)
                {
                    int first = (int)(2 * row * window.Width), second = first + 2 * (int)window.Width, other = second - Lanes;
                    var places = s_pairs + Vector256.Create(first, first, other, other, first, first, other, other);
                    EightPairs<TPlaces>(x + first, x + second, window.Width, places, output, indices);
                }
            }

            for (; row < height; row++, output += width, indices += width)
            {
                int first = (int)(2 * row * window.Width);
                for (long column = 0; column < width; column += Lanes)
                {
                    float* upper = x + first + 2 * column;
                    if (output + column > lastOutput || upper + window.Width + 2 * Lanes > lastX)
                    {
                        long* places = work.Indices == null ? null : indices;
                        for (; column < width; column++) One(window, x, 2 * row, 0, 2, column, output, places);
                        break;
                    }

                    EightPairs<TPlaces>(
                        upper, upper + Lanes, window.Width, s_pairs + Vector256.Create(first + 2 * (int)column), output + column,
                        indices + column);
                }
            }
        }
    }

    // Four windows from the left on, and four from the right on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightPairs<TPlaces>(
        float* left, float* right, long below, Vector256<int> places, float* output, long* indices)
        where TPlaces : struct, IPlaces
    {
        var (a, b) = Pairs(left, right);
        var (c, d) = Pairs(left + below, right + below);
        var (largest, place) = (a, places);
        (largest, place) = Larger(largest, place, b, places + Vector256.Create(1));
        (largest, place) = Larger(largest, place, c, places + Vector256.Create((int)below));
        (largest, place) = Larger(largest, place, d, places + Vector256.Create((int)below + 1));
        InOrder(largest.AsInt64()).AsSingle().Store(output);
        if (!TPlaces.AreAsked) return;
        var (low, high) = Vector256.Widen(InOrder(place.AsInt64()).AsInt32());
        low.Store(indices);
        high.Store(indices + 4);
    }

    private static void RunRow(in Window window, float* x, long row, float* end, float* output, long* indices)
    {
        long top = row * window.StrideY - window.PaddingY;
        int firstY = (int)Math.Max(0, -top), lastY = (int)Math.Min(window.KernelY, window.Height - top);
        long column = 0, width = window.OutputWidth;
        long margin = (window.PaddingX + window.StrideX - 1) / window.StrideX;

        // Windows that reach beyond neither side; with few of them, the last are taken twice.
        long inside = Math.Min(width, (window.Width + window.PaddingX - window.KernelX) / window.StrideX + 1);
        if (window.StrideX <= 2 && inside - margin >= Lanes)
        {
            for (; column < margin; column++) One(window, x, top, firstY, lastY, column, output, indices);
            for (; column < inside; column += Lanes)
            {
                long start = Math.Min(column, inside - Lanes);
                float* first = x + (top + firstY) * window.Width + start * window.StrideX - window.PaddingX;
                float* last = first + (lastY - 1 - firstY) * window.Width + window.KernelX + (Lanes - 1) * window.StrideX + 1;
                if (last <= end) Eight(window, x, top, firstY, lastY, start, output, indices);
                else for (long i = start; i < inside; i++) One(window, x, top, firstY, lastY, i, output, indices);
            }

            column = inside;
        }

        for (; column < width; column++) One(window, x, top, firstY, lastY, column, output, indices);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(
        in Window window, float* x, long top, int firstY, int lastY, long column, float* output, long* indices)
    {
        long left = column * window.StrideX - window.PaddingX;
        var largest = Vector256.Create(float.NegativeInfinity);
        var steps = s_lanes * window.StrideX;
        var places = steps + Vector256.Create((int)((top + firstY) * window.Width + left));
        for (int y = firstY; y < lastY; y++)
        {
            int start = (int)((top + y) * window.Width + left);
            for (int i = 0; i < window.KernelX; i++)
            {
                var values = window.StrideX == 1 ? Vector256.Load(x + start + i) : EverySecond(x + start, i);

                (largest, places) = Larger(largest, places, values, steps + Vector256.Create(start + i));
            }
        }

        largest.Store(output + column);
        if (indices == null) return;
        var (low, high) = Vector256.Widen(places);
        low.Store(indices + column);
        high.Store(indices + column + 4);
    }

    // What is no number wins, as in libtorch; a comparison with it is false.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Largest, Vector256<int> Place) Larger(
        Vector256<float> largest, Vector256<int> place, Vector256<float> values, Vector256<int> places)
    {
        var wins = Vector256.GreaterThan(values, largest) | ~Vector256.Equals(values, values);
        return (Vector256.ConditionalSelect(wins, values, largest), Vector256.ConditionalSelect(wins.AsInt32(), places, place));
    }

    // Of eight pairs the first and the second elements, in the order 0 1 4 5 2 3 6 7 that takes one instruction each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> First, Vector256<float> Second) Pairs(float* left, float* right)
    {
        Vector256<float> low = Vector256.Load(left), high = Vector256.Load(right);
        return (Avx.Shuffle(low, high, 0b10_00_10_00), Avx.Shuffle(low, high, 0b11_01_11_01));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> InOrder(Vector256<long> pairs) => Avx2.Permute4x64(pairs, 0b11_01_10_00);

    // Elements i, i + 2, i + 4, ... An odd i reads from the element before it, so that nothing behind the last one is read.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> EverySecond(float* x, int i)
    {
        float* start = x + (i & ~1);
        Vector256<float> left = Vector256.Load(start), right = Vector256.Load(start + Lanes);
        return (i & 1) == 0
            ? Vector256.ConditionalSelect(
                LowHalf, Vector256.Shuffle(left, Vector256.Create(0, 2, 4, 6, 0, 0, 0, 0)),
                Vector256.Shuffle(right, Vector256.Create(0, 0, 0, 0, 0, 2, 4, 6)))
            : Vector256.ConditionalSelect(
                LowHalf, Vector256.Shuffle(left, Vector256.Create(1, 3, 5, 7, 0, 0, 0, 0)),
                Vector256.Shuffle(right, Vector256.Create(0, 0, 0, 0, 1, 3, 5, 7)));
    }

    private static Vector256<float> LowHalf => Vector256.Create(-1, -1, -1, -1, 0, 0, 0, 0).AsSingle();

    private static void One(
        in Window window, float* x, long top, int firstY, int lastY, long column, float* output, long* indices)
    {
        long left = column * window.StrideX - window.PaddingX;
        long firstX = Math.Max(0, -left), lastX = Math.Min(window.KernelX, window.Width - left);
        float largest = float.NegativeInfinity;
        long place = (top + firstY) * window.Width + left + firstX;
        for (int y = firstY; y < lastY; y++)
        {
            long start = (top + y) * window.Width + left;
            for (long i = firstX; i < lastX; i++)
            {
                float value = x[start + i];
                bool wins = value > largest || float.IsNaN(value);
                largest = wins ? value : largest;
                place = wins ? start + i : place;
            }
        }

        output[column] = largest;
        if (indices != null) indices[column] = place;
    }

    private readonly struct Work(in Window window, float* x, long planes, float* output, long* indices)
    {
        public readonly Window Window = window;
        public readonly float* X = x, End = x + planes * window.Height * window.Width, Output = output;
        public readonly long* Indices = indices;
    }
}
