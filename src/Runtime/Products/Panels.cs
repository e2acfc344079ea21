using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dsl.Runtime;

/// <summary>
/// Where a thread lays out a block of each factor for <see cref="ProductKernel"/>: contiguous, in the order in which it is read,
/// whatever the strides were. One for a thread, kept until the thread ends.
/// </summary>
internal sealed unsafe class Panels
{
    /// <summary>The depth of a block: a panel of the right matrix then fits into the first cache.</summary>
    public const int Depth = 256;

    /// <summary>Rows and columns of a block: those of the left matrix fit into the second cache.</summary>
    public const int Rows = 96, Columns = 512;

    // What a copy in whole vectors may write, or read, behind its end.
    private const int Slack = 16;

    private long _room, _kernelRoom, _pointRoom;
    private float* _kernels;
    private float* _points;

    [ThreadStatic]
    private static Panels? t_mine;

    private Panels()
    {
        Left = Allocate(Rows * Depth);
        Right = Allocate(Columns * Depth + Slack);
    }

    ~Panels()
    {
        NativeMemory.AlignedFree(Left);
        NativeMemory.AlignedFree(Right);
        NativeMemory.AlignedFree(Images);
        NativeMemory.AlignedFree(_kernels);
        NativeMemory.AlignedFree(_points);
    }

    /// <summary>Those of the running thread.</summary>
    public static Panels Mine => t_mine ??= new Panels();

    /// <summary>Panels of rows.</summary>
    public float* Left { get; }

    /// <summary>Panels of columns.</summary>
    public float* Right { get; }

    /// <summary>Images with margins, as many as were asked for last.</summary>
    public float* Images { get; private set; }

    /// <summary>Makes room for images, of zeros.</summary>
    public void ClearImages(long elements) =>
        NativeMemory.Clear(RoomForImages(elements), (nuint)(elements + Slack) * sizeof(float));

    /// <summary>Makes room for images, whatever it held.</summary>
    public float* RoomForImages(long elements)
    {
        if (elements > _room)
        {
            NativeMemory.AlignedFree(Images);
            Images = Allocate(elements + Slack);
            _room = elements;
        }

        return Images;
    }

    /// <summary>Room for kernels after a change of basis, or for their gradient, whatever it held.</summary>
    public float* Kernels(long elements) => Grow(ref _kernels, ref _kernelRoom, elements);

    /// <summary>Room for tiles after a change of basis, whatever it held.</summary>
    public float* Points(long elements) => Grow(ref _points, ref _pointRoom, elements);

    /// <summary>Elements on a boundary of a cache line; the caller frees them with <c>NativeMemory.AlignedFree</c>.</summary>
    public static float* Allocate(long elements) =>
        (float*)NativeMemory.AlignedAlloc(checked((nuint)elements * sizeof(float)), 64);

    /// <summary>Copies pieces of memory to where they stand behind one another. A piece is written in whole vectors: up to 15
    /// elements behind its end are written too, and read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LayPieces(float* from, ReadOnlySpan<Piece> pieces, float* to)
    {
        foreach (ref readonly var piece in pieces)
        {
            float* source = from + piece.Offset, target = to + piece.Place;
            for (int i = 0; i < piece.Length; i += 16) Vector512.Load(source + i).Store(target + i);
        }
    }

    /// <summary>Lays out rows beside each other, down the columns; what is missing to the panel's height is zeros.</summary>
    /// <param name="from">A matrix of at most <paramref name="height"/> rows.</param>
    /// <param name="height">Rows of the panel, a multiple of 4.</param>
    /// <param name="to">As many elements as the panel has.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Lay(in StridedMatrix from, int height, float* to)
    {
        float* data = from.First;
        long rows = from.Rows, depth = from.Columns, rowStride = from.RowStride, step = from.ColumnStride, p = 0;
        if (rows == height && rowStride == 1)
        {
            for (; p < depth; p++, to += height) CopyFours(data + p * step, to, height);
            return;
        }

        if (step == 1 && Sse.IsSupported)
        {
            long whole = rows / 4 * 4;
            for (; p + 4 <= depth; p += 4, to += 4 * height)
            {
                // Nearly always the rows below are laid out next: a cache line of each, once a line.
                if (p % 16 == 0)
                    for (long r = rows; r < 2 * rows; r++) Sse.Prefetch0(data + r * rowStride + p);
                for (long r = 0; r < whole; r += 4) Transpose(data + r * rowStride + p, rowStride, to + r, height);
                for (long r = whole; r < height; r++)
                {
                    for (int q = 0; q < 4; q++) to[q * height + r] = r < rows ? data[r * rowStride + p + q] : 0;
                }
            }
        }

        for (; p < depth; p++, to += height)
        {
            for (long r = 0; r < rows; r++) to[r] = data[r * rowStride + p * step];
            for (long r = rows; r < height; r++) to[r] = 0;
        }
    }

    /// <summary>Lays out panels of equal height one behind another, whose rows lie side by side: all of them go down the columns
    /// together, so that a cache line is read once.</summary>
    /// <param name="from">A matrix of as many rows as the panels have.</param>
    /// <param name="height">Rows of a panel, a multiple of 4.</param>
    /// <param name="to">As many elements as the matrix has.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LayTogether(in StridedMatrix from, int height, float* to)
    {
        float* data = from.First;
        long panel = height * from.Columns, panels = from.Rows / height;
        for (long p = 0; p < from.Columns; p++, to += height, data += from.ColumnStride)
        {
            float* source = data, target = to;
            for (long i = 0; i < panels; i++, source += height, target += panel) CopyFours(source, target, height);
        }
    }

    /// <summary>Lays out four rows beside each other, whose columns lie side by side.</summary>
    /// <param name="from">The four rows.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="stride">Elements from a column to the next there.</param>
    public static void LayFour(in StridedMatrix from, float* to, long stride)
    {
        long p = 0;
        for (; Sse.IsSupported && p + 4 <= from.Columns; p += 4)
            Transpose(from.First + p, from.RowStride, to + p * stride, stride);
        for (; p < from.Columns; p++)
        {
            for (long r = 0; r < 4; r++) to[p * stride + r] = from.First[r * from.RowStride + p];
        }
    }

    private static float* Grow(ref float* room, ref long size, long elements)
    {
        if (elements <= size) return room;
        NativeMemory.AlignedFree(room);
        room = Allocate(elements + Slack);
        size = elements;
        return room;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyFours(float* from, float* to, int count)
    {
        int i = 0;
        for (; i + 16 <= count; i += 16) Vector512.Load(from + i).Store(to + i);
        for (; i < count; i += 4) Vector128.Load(from + i).Store(to + i);
    }

    // 4 x 4 elements: rows there are columns here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(float* from, long stride, float* to, long toStride)
    {
        Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + stride);
        Vector128<float> c = Vector128.Load(from + 2 * stride), d = Vector128.Load(from + 3 * stride);
        var (ab, cd) = (Interleave(a, b, low: true), Interleave(c, d, low: true));
        Halves(ab, cd, high: false).Store(to);
        Halves(ab, cd, high: true).Store(to + toStride);
        (ab, cd) = (Interleave(a, b, low: false), Interleave(c, d, low: false));
        Halves(ab, cd, high: false).Store(to + 2 * toStride);
        Halves(ab, cd, high: true).Store(to + 3 * toStride);
    }

    // x0 y0 x1 y1, or x2 y2 x3 y3.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Interleave(Vector128<float> x, Vector128<float> y, bool low) => low
        ? Sse.UnpackLow(x, y)
        : Sse.UnpackHigh(x, y);

    // The low halves of both, or the high ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Halves(Vector128<float> x, Vector128<float> y, bool high) => high
        ? Sse.MoveHighToLow(y, x)
        : Sse.MoveLowToHigh(x, y);

    /// <summary>Elements that lie side by side in an image and in a panel.</summary>
    /// <param name="Place">The first one's place in the panel.</param>
    /// <param name="Length">How many.</param>
    /// <param name="Offset">Where the first one stands in the image, from a base.</param>
    public readonly record struct Piece(int Place, int Length, long Offset);
}
