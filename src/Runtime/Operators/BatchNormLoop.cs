using System.Numerics;

namespace Dsl.Runtime;

/// <summary>
/// Batch normalisation in training of images of 32-bit numbers, and its derivative: three and two passes over a channel, in
/// vectors. Sums are of 32 bits within a plane and of 64 bits over planes.
/// </summary>
internal static unsafe class BatchNormLoop
{
    /// <summary>y = (x - mean) * inverse * weight + bias; statistics of the batch, and running ones where they are
    /// given.</summary>
    public static void Run(in Channels x, float* weight, float* bias, in RunningStatistics running, float* y, float* means,
        float* inverses, double epsilon)
    {
        var work = new Work(x, running)
        {
            Weight = weight, Bias = bias, Y = y, Means = means, Inverses = inverses, Epsilon = epsilon,
        };
        ParallelLoop.Run(x.Count, x.Samples * x.Size, &RunForward, &work);
    }

    /// <summary>y = (x - mean) / √(variance + ε) * weight + bias, by statistics that are given.</summary>
    public static void RunFixed(
        in Channels x, float* weight, float* bias, float* means, float* variances, float* y, double epsilon)
    {
        var work = new Work(x, default)
        {
            Weight = weight, Bias = bias, Y = y, Means = means, Inverses = variances, Epsilon = epsilon,
        };
        ParallelLoop.Run(x.Samples * x.Count, x.Size, &RunFixedPlanes, &work);
    }

    /// <summary>The gradients of x, weight and bias; those that are null are not wanted.</summary>
    public static void RunBackward(in Channels x, float* gradient, float* weight, float* means, float* inverses, float* ofX,
        float* ofWeight, float* ofBias)
    {
        var work = new Work(x, default)
        {
            Gradient = gradient, Weight = weight, Means = means, Inverses = inverses,
            Y = ofX, OfWeight = ofWeight, OfBias = ofBias,
        };
        ParallelLoop.Run(x.Count, x.Samples * x.Size, &RunBackward, &work);
    }

    private static void RunForward(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        var x = work.X;
        double count = x.Samples * (double)x.Size;
        for (long c = begin; c < end; c++)
        {
            double sum = 0, squares = 0;
            for (long n = 0; n < x.Samples; n++) sum += Sum(x.Plane(n, c), x.Size);
            double mean = sum / count;
            for (long n = 0; n < x.Samples; n++) squares += SumOfSquares(x.Plane(n, c), x.Size, (float)mean);
            double variance = squares / count, inverse = 1 / Math.Sqrt(variance + work.Epsilon);
            work.Means[c] = (float)mean;
            work.Inverses[c] = (float)inverse;
            work.Running.Move(c, mean, variance * count / (count - 1));
            float scale = (float)inverse * (work.Weight == null ? 1 : work.Weight[c]);
            float shift = (work.Bias == null ? 0 : work.Bias[c]) - (float)mean * scale;
            for (long n = 0; n < x.Samples; n++) Scale(x.Plane(n, c), x.Size, scale, shift, work.Y + x.Offset(n, c));
        }
    }

    private static void RunFixedPlanes(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        var x = work.X;
        for (long plane = begin; plane < end; plane++)
        {
            var (sample, channel) = Math.DivRem(plane, x.Count);
            float scale = (float)(1 / Math.Sqrt(work.Inverses[channel] + work.Epsilon))
                * (work.Weight == null ? 1 : work.Weight[channel]);
            float shift = (work.Bias == null ? 0 : work.Bias[channel]) - work.Means[channel] * scale;
            Scale(x.Plane(sample, channel), x.Size, scale, shift, work.Y + x.Offset(sample, channel));
        }
    }

    private static void RunBackward(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        var x = work.X;
        double count = x.Samples * (double)x.Size;
        for (long c = begin; c < end; c++)
        {
            float mean = work.Means[c], inverse = work.Inverses[c];
            double sum = 0, product = 0;
            for (long n = 0; n < x.Samples; n++)
            {
                float* gradient = work.Gradient + x.Offset(n, c);
                sum += Sum(gradient, x.Size);
                product += SumOfProducts(gradient, x.Plane(n, c), x.Size, mean);
            }

            if (work.OfWeight != null) work.OfWeight[c] = (float)(product * inverse);
            if (work.OfBias != null) work.OfBias[c] = (float)sum;
            if (work.Y == null) continue;
            float scale = inverse * (work.Weight == null ? 1 : work.Weight[c]);
            float slope = (float)(product * inverse * inverse / count), centre = (float)(sum / count);
            for (long n = 0; n < x.Samples; n++)
            {
                long offset = x.Offset(n, c);
                Project(work.Gradient + offset, x.Plane(n, c), x.Size, mean, slope, centre, scale, work.Y + offset);
            }
        }
    }

    private static double Sum(float* x, long size)
    {
        Vector<float> a = Vector<float>.Zero, b = a;
        long i = 0;
        for (; i <= size - 2 * Vector<float>.Count; i += 2 * Vector<float>.Count)
        {
            a += Vector.Load(x + i);
            b += Vector.Load(x + i + Vector<float>.Count);
        }

        double sum = Vector.Sum(a + b);
        for (; i < size; i++) sum += x[i];
        return sum;
    }

    private static double SumOfSquares(float* x, long size, float mean)
    {
        Vector<float> a = Vector<float>.Zero, b = a, centre = new(mean);
        long i = 0;
        for (; i <= size - 2 * Vector<float>.Count; i += 2 * Vector<float>.Count)
        {
            var (left, right) = (Vector.Load(x + i) - centre, Vector.Load(x + i + Vector<float>.Count) - centre);
            a += left * left;
            b += right * right;
        }

        double sum = Vector.Sum(a + b);
        for (; i < size; i++) sum += (double)(x[i] - mean) * (x[i] - mean);
        return sum;
    }

    private static double SumOfProducts(float* gradient, float* x, long size, float mean)
    {
        Vector<float> a = Vector<float>.Zero, b = a, centre = new(mean);
        long i = 0;
        for (; i <= size - 2 * Vector<float>.Count; i += 2 * Vector<float>.Count)
        {
            a += Vector.Load(gradient + i) * (Vector.Load(x + i) - centre);
            b += Vector.Load(gradient + i + Vector<float>.Count) * (Vector.Load(x + i + Vector<float>.Count) - centre);
        }

        double sum = Vector.Sum(a + b);
        for (; i < size; i++) sum += (double)gradient[i] * (x[i] - mean);
        return sum;
    }

    private static void Scale(float* x, long size, float scale, float shift, float* y)
    {
        Vector<float> scales = new(scale), shifts = new(shift);
        long i = 0;
        for (; i <= size - Vector<float>.Count; i += Vector<float>.Count)
            Vector.Store(Vector.Load(x + i) * scales + shifts, y + i);
        for (; i < size; i++) y[i] = x[i] * scale + shift;
    }

    // (g - centre - (x - mean) * slope) * scale.
    private static void Project(
        float* gradient, float* x, long size, float mean, float slope, float centre, float scale, float* y)
    {
        Vector<float> means = new(mean), slopes = new(slope), centres = new(centre), scales = new(scale);
        long i = 0;
        for (; i <= size - Vector<float>.Count; i += Vector<float>.Count)
        {
            var along = (Vector.Load(x + i) - means) * slopes;
            Vector.Store((Vector.Load(gradient + i) - centres - along) * scales, y + i);
        }

        for (; i < size; i++) y[i] = (gradient[i] - centre - (x[i] - mean) * slope) * scale;
    }

    /// <summary>x as [samples, channels, size] without gaps.</summary>
    public readonly struct Channels(float* data, long samples, long count, long size)
    {
        /// <summary>Fewer elements of a plane are not worth a loop for each.</summary>
        public const long LeastSize = 8;

        public readonly long Samples = samples, Count = count, Size = size;

        public long Offset(long sample, long channel) => (sample * Count + channel) * Size;

        public float* Plane(long sample, long channel) => data + Offset(sample, channel);
    }

    /// <summary>The running mean and variance of each channel, or null, and how far a batch moves them.</summary>
    public readonly struct RunningStatistics(float* means, float* variances, double momentum)
    {
        public void Move(long channel, double mean, double variance)
        {
            if (means != null) means[channel] = (float)((1 - momentum) * means[channel] + momentum * mean);
            if (variances != null) variances[channel] = (float)((1 - momentum) * variances[channel] + momentum * variance);
        }
    }

    private struct Work(in Channels x, in RunningStatistics running)
    {
        public readonly Channels X = x;
        public readonly RunningStatistics Running = running;
        public float* Weight, Bias, Y, Means, Inverses, Gradient, OfWeight, OfBias;
        public double Epsilon;
    }
}
