using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using Tensor = TorchSharp.torch.Tensor;

namespace Dsl.Runtime;

/// <summary>Sums and means of 32-bit numbers over dimensions that follow each other. A sum depends on the elements alone, not on
/// the number of threads.</summary>
internal static unsafe class ReductionLoop
{
    // Elements that are added up in single precision before double precision takes over.
    private const int Part = 4096;

    // Rows that are added up so, where columns are.
    private const long Run = 256;

    // Columns that a thread takes at least: some lines of the cache.
    private const long Block = 64;

    /// <summary>The sum over all elements, or their mean, without dimensions; null where no loop of ours can go.</summary>
    public static Tensor? TryAll(Tensor x, bool mean)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var values)) return null;
        if (values.IsRepeated && values.Count > 0) return TensorMemory.Number(mean ? *values.Data : *values.Data * values.Count);
        if (!values.IsPlain) return null;
        long count = values.Count, parts = (count + Part - 1) / Part;
        double sum = 0;
        if (parts <= 1)
        {
            sum = TensorPrimitives.Sum(new ReadOnlySpan<float>(values.Data, (int)count));
        }
        else
        {
            double[] sums = ArrayPool<double>.Shared.Rent(checked((int)parts));
            fixed (double* each = sums)
            {
                var work = new Work { X = values.Data, Reduced = count, Parts = each };
                ParallelLoop.Run(parts, Part, &RunParts, &work);
                for (long i = 0; i < parts; i++) sum += each[i];
            }

            ArrayPool<double>.Shared.Return(sums);
        }

        GC.KeepAlive(x);
        return TensorMemory.Number((float)(mean ? sum / count : sum));
    }

    /// <summary>The sum over dimensions that follow each other, or their mean; null where no loop of ours can go.</summary>
    /// <param name="x">Of any shape.</param>
    /// <param name="first">The first of the dimensions.</param>
    /// <param name="behind">The one behind the last.</param>
    /// <param name="keep">Whether they stay, with size 1.</param>
    /// <param name="mean">Whether to divide by the number of elements.</param>
    public static Tensor? TryRun(Tensor x, int first, int behind, bool keep, bool mean)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var values) || first >= behind || first < 0 || behind > values.Rank
            || !values.TryRun(0, first, out long outer, out long outerStride)
            || !values.TryRun(first, behind, out long reduced, out long reducedStride)
            || !values.TryRun(behind, values.Rank, out long inner, out long innerStride)
            || (inner > 1 && innerStride != 1)) return null;
        Span<long> shape = stackalloc long[values.Rank];
        int rank = 0;
        for (int i = 0; i < values.Rank; i++)
        {
            if (i < first || i >= behind) shape[rank++] = values.Sizes[i];
            else if (keep) shape[rank++] = 1;
        }

        var output = TensorMemory.Empty(shape[..rank]);
        var work = new Work
        {
            X = values.Data, Output = (float*)TensorMemory.Pointer(output), Outer = outerStride, Reduced = reduced,
            Stride = reducedStride, Inner = inner, Divisor = mean ? reduced : 1,
        };
        if (inner == 1 && reducedStride == 1)
        {
            ParallelLoop.Run(outer, Math.Max(1, reduced), &RunRows, &work);
        }
        else
        {
            work.Blocks = (inner + Block - 1) / Block;
            ParallelLoop.Run(outer * work.Blocks, Math.Max(1, reduced * Math.Min(inner, Block)), &RunColumns, &work);
        }

        GC.KeepAlive(x);
        return output;
    }

    /// <summary>The sum over samples and places for each channel of [N, C, P], of which C and P may be several dimensions, or the
    /// mean; null where no loop of ours can go.</summary>
    /// <param name="x">[N, C, P].</param>
    /// <param name="first">The first dimension of the places.</param>
    /// <param name="behind">The one behind the last, which has to be the end.</param>
    /// <param name="keep">Whether the dimensions stay, with size 1.</param>
    /// <param name="mean">Whether to divide by the number of elements.</param>
    public static Tensor? TryChannels(Tensor x, int first, int behind, bool keep, bool mean)
    {
        if (!LoopChoice.CanRun || !TensorLayout.TryOf(x, out var values) || !values.IsPlain || behind != values.Rank) return null;
        long samples = values.Sizes[0], channels = 1, places = 1;
        Span<long> shape = stackalloc long[values.Rank];
        shape.Fill(1);
        for (int i = 1; i < values.Rank; i++)
        {
            if (i >= first) places *= values.Sizes[i];
            else channels *= shape[i] = values.Sizes[i];
        }

        var output = TensorMemory.Empty(keep ? shape : shape[1..first]);
        float* sums = (float*)TensorMemory.Pointer(output);
        ChannelSumLoop.Run(values.Data, samples, channels, places, sums);
        if (mean)
            for (long i = 0; i < channels; i++) sums[i] /= samples * places;
        GC.KeepAlive(x);
        return output;
    }

    private static void RunParts(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        for (long part = begin; part < end; part++)
            work.Parts[part] = TensorPrimitives.Sum(
                new ReadOnlySpan<float>(work.X + part * Part, (int)Math.Min(Part, work.Reduced - part * Part)));
    }

    private static void RunRows(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        for (long row = begin; row < end; row++)
        {
            float* x = work.X + row * work.Outer;
            double sum = 0;
            for (long i = 0; i < work.Reduced; i += Part)
                sum += TensorPrimitives.Sum(new ReadOnlySpan<float>(x + i, (int)Math.Min(Part, work.Reduced - i)));
            work.Output[row] = (float)(sum / work.Divisor);
        }
    }

    private static void RunColumns(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        int width = Vector<float>.Count;
        var divisor = new Vector<float>(work.Divisor);
        for (long round = begin; round < end; round++)
        {
            float* x = work.X + round / work.Blocks * work.Outer;
            float* output = work.Output + round / work.Blocks * work.Inner;
            long column = round % work.Blocks * Block, last = Math.Min(column + Block, work.Inner);
            for (; column <= last - width; column += width)
            {
                Vector<float> total = default;
                for (long row = 0; row < work.Reduced;)
                {
                    Vector<float> sum = default;
                    for (long stop = Math.Min(row + Run, work.Reduced); row < stop; row++)
                        sum += Vector.Load(x + row * work.Stride + column);
                    total += sum;
                }

                Vector.Store(total / divisor, output + column);
            }

            for (; column < last; column++)
            {
                float total = 0;
                for (long row = 0; row < work.Reduced;)
                {
                    float sum = 0;
                    for (long stop = Math.Min(row + Run, work.Reduced); row < stop; row++) sum += x[row * work.Stride + column];
                    total += sum;
                }

                output[column] = total / work.Divisor;
            }
        }
    }

    private struct Work
    {
        public float* X, Output;
        public double* Parts;
        public long Outer, Reduced, Stride, Inner, Blocks;
        public float Divisor;
    }
}
