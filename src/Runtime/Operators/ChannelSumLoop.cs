using System.Numerics.Tensors;

namespace Dsl.Runtime;

/// <summary>The sum over samples and places for each channel of [N, C, P] without gaps, as the gradient of a convolution's bias
/// is.</summary>
internal static unsafe class ChannelSumLoop
{
    /// <summary>Writes the sums.</summary>
    /// <param name="x">[N, C, P].</param>
    /// <param name="samples">N.</param>
    /// <param name="channels">C.</param>
    /// <param name="places">P.</param>
    /// <param name="sums">[C].</param>
    public static void Run(float* x, long samples, long channels, long places, float* sums)
    {
        var work = new Work { X = x, Samples = samples, Channels = channels, Places = places, Sums = sums };
        ParallelLoop.Run(channels, Math.Max(1, samples * places), &RunChannels, &work);
    }

    private static void RunChannels(long begin, long end, void* context)
    {
        ref var work = ref *(Work*)context;
        int places = checked((int)work.Places);
        for (long channel = begin; channel < end; channel++)
        {
            // Planes are added up in double precision: a sum of many depends little on their order.
            double sum = 0;
            for (long sample = 0; sample < work.Samples; sample++)
                sum += TensorPrimitives.Sum(
                    new ReadOnlySpan<float>(work.X + (sample * work.Channels + channel) * work.Places, places));
            work.Sums[channel] = (float)sum;
        }
    }

    private struct Work
    {
        public float* X, Sums;
        public long Samples, Channels, Places;
    }
}
