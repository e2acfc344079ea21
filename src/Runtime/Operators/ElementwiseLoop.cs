using System.Numerics;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A function, element by element, of two operands and a number, any of which it may leave alone.</summary>
internal interface IElementwiseRule
{
    /// <summary>Whether the operands can change places.</summary>
    static abstract bool IsSymmetric { get; }

    static abstract Vector<float> Of(Vector<float> x, Vector<float> y, Vector<float> number);

    static abstract float Of(float x, float y, float number);
}

/// <summary>
/// Arithmetic of 32-bit numbers: libtorch's results, in the memory of the step and without a call of its
/// dispatcher. The second operand has the first one's shape, or the last dimensions of it, [N, T, C] with [T, C], or its first
/// ones, [N, T, C] with [N, T, 1], or is one number.
/// </summary>
internal static unsafe class ElementwiseLoop
{
    private enum Kind
    {
        None,
        Same,

        // Each row has the same second operands.
        Rows,

        // All elements of a row have the same one.
        Columns,

        // All elements have.
        Number,
    }

    /// <summary>The result in memory of its own, of the larger shape; null where no loop of ours can go.</summary>
    public static Tensor? TryRun<TRule>(Tensor x, Tensor y, double number)
        where TRule : IElementwiseRule
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var first) || !TensorLayout.TryOf(y, out var second)) return null;
        var pairing = new Pairing(first, second);
        if (pairing.Kind == Kind.None)
        {
            if (!TRule.IsSymmetric || (pairing = new Pairing(second, first)).Kind == Kind.None) return null;
            var smaller = first;
            first = second;
            second = smaller;
        }

        var output = TensorMemory.Empty(first.Sizes);
        Run<TRule>((float*)TensorMemory.Pointer(output), first.Data, second.Data, number, pairing);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
        return output;
    }

    /// <summary>Writes the result over x; false where no loop of ours can go.</summary>
    public static bool TryWrite<TRule>(Tensor x, Tensor y, double number)
        where TRule : IElementwiseRule
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var first) || !TensorLayout.TryOf(y, out var second)) return false;
        var pairing = new Pairing(first, second);
        if (pairing.Kind == Kind.None) return false;

        // A part of what is written over is libtorch's to refuse.
        bool isItself = pairing.Kind == Kind.Same && first.Data == second.Data;
        if (!isItself && first.Data < second.Data + second.Count && second.Data < first.Data + first.Count) return false;
        Run<TRule>(first.Data, first.Data, second.Data, number, pairing);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
        return true;
    }

    /// <summary>A function of x and a number, in memory of its own; null where no loop of ours can go.</summary>
    public static Tensor? TryRun<TRule>(Tensor x, double number)
        where TRule : IElementwiseRule
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var layout) || !layout.IsPlain) return null;
        var output = TensorMemory.Empty(layout.Sizes);
        Run<TRule>((float*)TensorMemory.Pointer(output), layout.Data, layout.Data, number, new(layout));
        GC.KeepAlive(x);
        return output;
    }

    /// <summary>The same, written over x; false where no loop of ours can go.</summary>
    public static bool TryWrite<TRule>(Tensor x, double number)
        where TRule : IElementwiseRule
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var layout) || !layout.IsPlain) return false;
        Run<TRule>(layout.Data, layout.Data, layout.Data, number, new(layout));
        GC.KeepAlive(x);
        return true;
    }

    private static void Run<TRule>(float* output, float* x, float* y, double number, in Pairing pairing)
        where TRule : IElementwiseRule
    {
        var work = new Work { Output = output, X = x, Y = y, Columns = pairing.Columns, Number = (float)number };
        switch (pairing.Kind)
        {
            case Kind.Same:
                ParallelLoop.Run(pairing.Rows, 1, &RunAll<TRule>, &work);
                break;
            case Kind.Rows:
                ParallelLoop.Run(pairing.Rows, Math.Max(1, pairing.Columns), &RunRows<TRule>, &work);
                break;
            case Kind.Columns:
                ParallelLoop.Run(pairing.Rows, Math.Max(1, pairing.Columns), &RunColumns<TRule>, &work);
                break;
            default:
                ParallelLoop.Run(pairing.Rows, 1, &RunNumber<TRule>, &work);
                break;
        }
    }

    private static void RunAll<TRule>(long begin, long end, void* context)
        where TRule : IElementwiseRule
    {
        ref var work = ref *(Work*)context;
        RunRow<TRule>(work.Output + begin, work.X + begin, work.Y + begin, work.Number, end - begin);
    }

    private static void RunRows<TRule>(long begin, long end, void* context)
        where TRule : IElementwiseRule
    {
        ref var work = ref *(Work*)context;
        long columns = work.Columns;
        for (long row = begin; row < end; row++)
            RunRow<TRule>(work.Output + row * columns, work.X + row * columns, work.Y, work.Number, columns);
    }

    private static void RunColumns<TRule>(long begin, long end, void* context)
        where TRule : IElementwiseRule
    {
        ref var work = ref *(Work*)context;
        long columns = work.Columns;
        for (long row = begin; row < end; row++)
            RunRepeated<TRule>(work.Output + row * columns, work.X + row * columns, work.Y[row], work.Number, columns);
    }

    private static void RunNumber<TRule>(long begin, long end, void* context)
        where TRule : IElementwiseRule
    {
        ref var work = ref *(Work*)context;
        RunRepeated<TRule>(work.Output + begin, work.X + begin, *work.Y, work.Number, end - begin);
    }

    private static void RunRepeated<TRule>(float* output, float* x, float y, float number, long count)
        where TRule : IElementwiseRule
    {
        Vector<float> repeated = new(y), numbers = new(number);
        long i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
            Vector.Store(TRule.Of(Vector.Load(x + i), repeated, numbers), output + i);
        for (; i < count; i++) output[i] = TRule.Of(x[i], y, number);
    }

    private static void RunRow<TRule>(float* output, float* x, float* y, float number, long count)
        where TRule : IElementwiseRule
    {
        int width = Vector<float>.Count;
        var numbers = new Vector<float>(number);
        long i = 0;
        for (; i <= count - 2 * width; i += 2 * width)
        {
            var (low, high) = (TRule.Of(Vector.Load(x + i), Vector.Load(y + i), numbers),
                TRule.Of(Vector.Load(x + i + width), Vector.Load(y + i + width), numbers));
            Vector.Store(low, output + i);
            Vector.Store(high, output + i + width);
        }

        for (; i <= count - width; i += width)
            Vector.Store(TRule.Of(Vector.Load(x + i), Vector.Load(y + i), numbers), output + i);
        for (; i < count; i++) output[i] = TRule.Of(x[i], y[i], number);
    }

    private struct Work
    {
        public float* Output, X, Y;
        public long Columns;
        public float Number;
    }

    // How two shapes go together, and the larger one as a matrix: of columns of 1 where its rows do not matter.
    private readonly ref struct Pairing
    {
        public readonly Kind Kind;
        public readonly long Rows, Columns;

        public Pairing(in TensorLayout x) => (Kind, Rows, Columns) = (Kind.Same, x.Count, 1);

        public Pairing(in TensorLayout x, in TensorLayout y)
        {
            int lead = x.Rank - y.Rank;
            if (lead < 0 || !x.IsPlain) return;
            if (!y.IsPlain)
            {
                if (y.IsRepeated && y.Sizes.SequenceEqual(x.Sizes)) (Kind, Rows, Columns) = (Kind.Number, x.Count, 1);
                return;
            }

            if (x.Sizes.SequenceEqual(y.Sizes))
            {
                (Kind, Rows, Columns) = (Kind.Same, x.Count, 1);
                return;
            }

            // Dimensions of 1 in front of y's, up to one that is x's; and behind them.
            int first = 0, last = y.Rank;
            while (first < y.Rank && y.Sizes[first] == 1) first++;
            while (last > 0 && y.Sizes[last - 1] == 1) last--;
            if (first >= last) (Kind, Rows, Columns) = (Kind.Number, x.Count, 1);
            else if (y.Sizes[first..].SequenceEqual(x.Sizes[(lead + first)..]))
                (Kind, Rows, Columns) = (Kind.Rows, Product(x.Sizes[..(lead + first)]), Product(x.Sizes[(lead + first)..]));
            else if (lead == 0 && y.Sizes[..last].SequenceEqual(x.Sizes[..last]))
                (Kind, Rows, Columns) = (Kind.Columns, Product(x.Sizes[..last]), Product(x.Sizes[last..]));
        }

        private static long Product(ReadOnlySpan<long> sizes)
        {
            long product = 1;
            foreach (long size in sizes) product *= size;
            return product;
        }
    }
}
