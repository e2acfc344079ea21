using System.Buffers;
using System.Numerics;

namespace Dsl.Runtime;

/// <summary>
/// Normalisation of rows of 32-bit numbers, and its derivative: passes over a row while it is in the processor's nearest memory.
/// What rows add to the gradients of weight and bias is added up in parts of as many rows as their number alone says, and the
/// parts in order.
/// </summary>
internal static unsafe class LayerNormLoop
{
    // Numbers that are added up in 32 bits before their sum goes to one of 64 bits.
    private const long Run = 4096;

    private const long LeastPart = 32, MostParts = 64;

    /// <summary>The sums of all parts stay below what an array holds.</summary>
    public const long MostColumns = 1 << 20;

    /// <summary>y = (x − mean)·inverse·weight + bias, with each row's mean and inverse deviation. Weight and bias, one for
    /// each column, can be null.</summary>
    public static void RunForward(in Matrix rows, float* weight, float* bias, double epsilon, float* y, float* means,
        float* inverses)
    {
        var work = new Work
        {
            X = rows, Weight = weight, Bias = bias, Y = y, Means = means, Inverses = inverses, Epsilon = epsilon,
        };
        ParallelLoop.Run(rows.Rows, 2 * rows.Columns, &RunRows, &work);
    }

    /// <summary>The gradients of x, weight and bias; those that are null are not wanted.</summary>
    public static void RunBackward(in Matrix rows, float* gradient, float* weight, float* means, float* inverses, float* ofX,
        float* ofWeight, float* ofBias)
    {
        long part = Math.Max(LeastPart, (rows.Rows + MostParts - 1) / MostParts), parts = (rows.Rows + part - 1) / part;
        long columns = rows.Columns;
        float[] sums = ArrayPool<float>.Shared.Rent(checked((int)(2 * parts * columns)));
        fixed (float* all = sums)
        {
            var work = new Work
            {
                X = rows, Weight = weight, Gradient = gradient, Y = ofX, Means = means, Inverses = inverses, Part = part,
                Sums = all,
            };
            ParallelLoop.Run(parts, part * columns * 2, &RunParts, &work);
            if (ofWeight != null) Add(all, parts, columns, ofWeight);
            if (ofBias != null) Add(all + columns, parts, columns, ofBias);
        }

        ArrayPool<float>.Shared.Return(sums);
    }

    // Each part has two rows of sums, of which it is the first.
    private static void Add(float* sums, long parts, long columns, float* total)
    {
        new ReadOnlySpan<float>(sums, (int)columns).CopyTo(new Span<float>(total, (int)columns));
        for (long part = 1; part < parts; part++)
        {
            float* row = sums + 2 * part * columns;
            long i = 0;
            for (; i <= columns - Vector<float>.Count; i += Vector<float>.Count)
                Vector.Store(Vector.Load(total + i) + Vector.Load(row + i), total + i);
            for (; i < columns; i++) total[i] += row[i];
        }
    }

    private static void RunRows(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        long columns = work.X.Columns;
        for (long row = begin; row < end; row++)
        {
            float* x = work.X.Data + row * columns;
            float mean = (float)(Sum(x, columns) / columns);
            float inverse = (float)(1 / Math.Sqrt(SumOfSquares(x, columns, mean) / columns + work.Epsilon));
            work.Means[row] = mean;
            work.Inverses[row] = inverse;
            Scale(work, x, mean, inverse, work.Y + row * columns);
        }
    }

    private static double Sum(float* x, long count)
    {
        int width = Vector<float>.Count;
        double sum = 0;
        long i = 0;
        while (i <= count - width)
        {
            Vector<float> a = default, b = default;
            long stop = Math.Min(count, i + Run);
            for (; i <= stop - 2 * width; i += 2 * width)
            {
                a += Vector.Load(x + i);
                b += Vector.Load(x + i + width);
            }

            for (; i <= stop - width; i += width) a += Vector.Load(x + i);
            sum += Vector.Sum(a + b);
        }

        for (; i < count; i++) sum += x[i];
        return sum;
    }

    private static double SumOfSquares(float* x, long count, float mean)
    {
        int width = Vector<float>.Count;
        var means = new Vector<float>(mean);
        double sum = 0;
        long i = 0;
        while (i <= count - width)
        {
            Vector<float> a = default, b = default;
            long stop = Math.Min(count, i + Run);
            for (; i <= stop - 2 * width; i += 2 * width)
            {
                Vector<float> left = Vector.Load(x + i) - means, right = Vector.Load(x + i + width) - means;
                a += left * left;
                b += right * right;
            }

            for (; i <= stop - width; i += width)
            {
                var left = Vector.Load(x + i) - means;
                a += left * left;
            }

            sum += Vector.Sum(a + b);
        }

        for (; i < count; i++) sum += (x[i] - mean) * (x[i] - mean);
        return sum;
    }

    private static void Scale(in Work work, float* x, float mean, float inverse, float* y)
    {
        int width = Vector<float>.Count;
        float* weight = work.Weight, bias = work.Bias;
        Vector<float> means = new(mean), inverses = new(inverse);
        long i = 0, columns = work.X.Columns;
        if (weight != null && bias != null)
        {
            for (; i <= columns - width; i += width)
            {
                var normal = (Vector.Load(x + i) - means) * inverses;
                Vector.Store(
                    Vector.MultiplyAddEstimate(normal, Vector.Load(weight + i), Vector.Load(bias + i)), y + i);
            }
        }

        for (; i <= columns - width; i += width)
        {
            var normal = (Vector.Load(x + i) - means) * inverses;
            if (weight != null) normal *= Vector.Load(weight + i);
            if (bias != null) normal += Vector.Load(bias + i);
            Vector.Store(normal, y + i);
        }

        for (; i < columns; i++)
        {
            y[i] = float.MultiplyAddEstimate(
                (x[i] - mean) * inverse, weight == null ? 1 : weight[i], bias == null ? 0 : bias[i]);
        }
    }

    private static void RunParts(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        long columns = work.X.Columns;
        for (long part = begin; part < end; part++)
        {
            float* ofWeight = work.Sums + 2 * part * columns, ofBias = ofWeight + columns;
            new Span<float>(ofWeight, checked((int)(2 * columns))).Clear();
            long stop = Math.Min((part + 1) * work.Part, work.X.Rows);
            for (long row = part * work.Part; row < stop; row++) RunRow(work, row, ofWeight, ofBias);
        }
    }

    private static void RunRow(in Work work, long row, float* ofWeight, float* ofBias)
    {
        long columns = work.X.Columns;
        float* x = work.X.Data + row * columns, gradient = work.Gradient + row * columns;
        float mean = work.Means[row], inverse = work.Inverses[row];
        double sum = 0, product = 0;
        for (long begin = 0; begin < columns; begin += Run)
        {
            AddRow(
                work, x, gradient, mean, inverse, begin, Math.Min(columns, begin + Run), ofWeight, ofBias, ref sum, ref product);
        }

        if (work.Y == null) return;

        // (g·weight − their mean − normal·the mean of their products)·inverse, with normal = (x − mean)·inverse.
        float slope = (float)(product / columns) * inverse, centre = (float)(sum / columns);
        Project(work, x, gradient, mean, inverse, slope, centre, work.Y + row * columns);
    }

    private static void AddRow(
        in Work work, float* x, float* gradient, float mean, float inverse, long begin, long end, float* ofWeight, float* ofBias,
        ref double sum, ref double product)
    {
        int width = Vector<float>.Count;
        float* weight = work.Weight;
        Vector<float> means = new(mean), inverses = new(inverse), ones = Vector<float>.One, sums = default, products = default;
        long i = begin;
        for (; i <= end - width; i += width)
        {
            var g = Vector.Load(gradient + i);
            var normal = (Vector.Load(x + i) - means) * inverses;
            Vector.Store(Vector.MultiplyAddEstimate(g, normal, Vector.Load(ofWeight + i)), ofWeight + i);
            Vector.Store(Vector.Load(ofBias + i) + g, ofBias + i);
            var weighted = g * (weight == null ? ones : Vector.Load(weight + i));
            sums += weighted;
            products = Vector.MultiplyAddEstimate(weighted, normal, products);
        }

        sum += Vector.Sum(sums);
        product += Vector.Sum(products);
        for (; i < end; i++)
        {
            float normal = (x[i] - mean) * inverse, weighted = gradient[i] * (weight == null ? 1 : weight[i]);
            ofWeight[i] = float.MultiplyAddEstimate(gradient[i], normal, ofWeight[i]);
            ofBias[i] += gradient[i];
            sum += weighted;
            product += weighted * normal;
        }
    }

    private static void Project(
        in Work work, float* x, float* gradient, float mean, float inverse, float slope, float centre, float* y)
    {
        int width = Vector<float>.Count;
        float* weight = work.Weight;
        Vector<float> means = new(mean), inverses = new(inverse), slopes = new(slope), centres = new(centre);
        var ones = Vector<float>.One;
        long i = 0, columns = work.X.Columns;
        for (; i <= columns - width; i += width)
        {
            var weighted = Vector.Load(gradient + i) * (weight == null ? ones : Vector.Load(weight + i));
            var along = (Vector.Load(x + i) - means) * slopes;
            Vector.Store((weighted - centres - along) * inverses, y + i);
        }

        for (; i < columns; i++)
        {
            float weighted = gradient[i] * (weight == null ? 1 : weight[i]);
            y[i] = (weighted - centre - (x[i] - mean) * slope) * inverse;
        }
    }

    /// <summary>Rows without gaps.</summary>
    public readonly struct Matrix(float* data, long rows, long columns)
    {
        public readonly float* Data = data;
        public readonly long Rows = rows, Columns = columns;
    }

    private struct Work
    {
        public Matrix X;
        public float* Weight, Bias, Y, Means, Inverses, Gradient, Sums;
        public double Epsilon;
        public long Part;
    }
}
