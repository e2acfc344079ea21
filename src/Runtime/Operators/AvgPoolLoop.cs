using System.Numerics.Tensors;

namespace Dsl.Runtime;

/// <summary>The means of windows of images of 32-bit numbers without margins, and their gradient: rows of a window are added up
/// as vectors, and its columns afterwards.</summary>
internal static unsafe class AvgPoolLoop
{
    // Columns of an image for which a row fits on the stack.
    private const int Widest = 4096;

    /// <summary>Whether it takes windows.</summary>
    public static bool Takes(in MaxPoolLoop.Window window) =>
        window.IsSound && window is { PaddingX: 0, PaddingY: 0, Width: <= Widest };

    /// <summary>Writes the means.</summary>
    /// <param name="window">One that it <see cref="Takes"/>.</param>
    /// <param name="x">Planes without gaps.</param>
    /// <param name="planes">Their number.</param>
    /// <param name="output">As many planes of the output's size.</param>
    public static void Run(in MaxPoolLoop.Window window, float* x, long planes, float* output)
    {
        var work = new Work { Window = window, Read = x, Written = output };
        ParallelLoop.Run(planes, Math.Max(1, window.Height * window.Width), &RunPlanes, &work);
    }

    /// <summary>Writes the gradient of the planes.</summary>
    /// <param name="window">One that it <see cref="Takes"/>.</param>
    /// <param name="gradient">Planes of the output's size without gaps.</param>
    /// <param name="planes">Their number.</param>
    /// <param name="ofX">As many planes.</param>
    public static void RunBackward(in MaxPoolLoop.Window window, float* gradient, long planes, float* ofX)
    {
        var work = new Work { Window = window, Read = gradient, Written = ofX };
        ParallelLoop.Run(planes, Math.Max(1, window.Height * window.Width), &RunPlanesBackward, &work);
    }

    private static void RunPlanes(long begin, long end, void* context)
    {
        var work = (Work*)context;
        var window = work->Window;
        int width = (int)window.Width, columns = (int)window.OutputWidth;
        float* sums = stackalloc float[Widest];
        float share = 1f / (window.KernelX * window.KernelY);
        float* output = work->Written + begin * window.OutputHeight * columns;
        for (long plane = begin; plane < end; plane++)
        {
            float* x = work->Read + plane * window.Height * width;
            for (long row = 0; row < window.OutputHeight; row++, output += columns)
            {
                float* first = x + row * window.StrideY * width;
                var whole = new Span<float>(sums, width);
                new Span<float>(first, width).CopyTo(whole);
                for (int y = 1; y < window.KernelY; y++)
                    TensorPrimitives.Add(whole, new ReadOnlySpan<float>(first + y * width, width), whole);
                for (int column = 0; column < columns; column++)
                {
                    float* start = sums + column * window.StrideX;
                    float sum = start[0];
                    for (int i = 1; i < window.KernelX; i++) sum += start[i];
                    output[column] = sum * share;
                }
            }
        }
    }

    private static void RunPlanesBackward(long begin, long end, void* context)
    {
        var work = (Work*)context;
        var window = work->Window;
        int width = (int)window.Width, columns = (int)window.OutputWidth;
        float* spread = stackalloc float[Widest];
        float share = 1f / (window.KernelX * window.KernelY);
        float* gradient = work->Read + begin * window.OutputHeight * columns;
        for (long plane = begin; plane < end; plane++)
        {
            float* ofX = work->Written + plane * window.Height * width;
            new Span<float>(ofX, checked((int)(window.Height * width))).Clear();
            for (long row = 0; row < window.OutputHeight; row++, gradient += columns)
            {
                var whole = new Span<float>(spread, width);
                whole.Clear();
                for (int column = 0; column < columns; column++)
                {
                    float part = gradient[column] * share;
                    float* start = spread + column * window.StrideX;
                    for (int i = 0; i < window.KernelX; i++) start[i] += part;
                }

                for (int y = 0; y < window.KernelY; y++)
                {
                    var target = new Span<float>(ofX + (row * window.StrideY + y) * width, width);
                    TensorPrimitives.Add(target, whole, target);
                }
            }
        }
    }

    private struct Work
    {
        public MaxPoolLoop.Window Window;
        public float* Read, Written;
    }
}
