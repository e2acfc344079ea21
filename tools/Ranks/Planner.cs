using System.Diagnostics;
using System.Globalization;

namespace Ranks;

/// <summary>
/// What a step of n ranks takes, and what a rank holds, by what one process was measured to: each rank computes a part of the
/// batch, and then all sum the gradients in a ring.
/// </summary>
/// <param name="Latency">Seconds of a message.</param>
/// <param name="Bandwidth">Bytes a second between two ranks.</param>
internal sealed record Planner(double Latency, double Bandwidth)
{
    /// <summary>Seconds of a sum over ranks: 2(n − 1) messages one after the other, in which each rank sends 2(n − 1)/n of
    /// the bytes. A reduce-scatter and an all-gather are its two halves.</summary>
    public double Sum(int ranks, double bytes) =>
        2 * (ranks - 1) * Latency + 2.0 * (ranks - 1) / ranks * bytes / Bandwidth;

    /// <summary>Bytes of a rank's tensors: parameters and gradients, and what the optimizer keeps, of all parameters or of its
    /// shard.</summary>
    /// <param name="parameters">How many.</param>
    /// <param name="moments">Numbers that the optimizer keeps of each.</param>
    public static double State(int ranks, double parameters, int moments, bool isSharded) =>
        sizeof(float) * parameters * (2 + (isSharded ? (double)moments / ranks : moments));

    /// <summary>Latency and bandwidth that explain measured sums of two ranks best, by least squares of relative
    /// errors.</summary>
    /// <param name="sums">Bytes and seconds.</param>
    public static Planner Of(IReadOnlyList<(double Bytes, double Seconds)> sums)
    {
        // seconds = 2·latency + bytes/bandwidth, each equation divided by its seconds.
        double aa = 0, ab = 0, bb = 0, a1 = 0, b1 = 0;
        foreach (var (bytes, seconds) in sums)
        {
            double a = 2 / seconds, b = bytes / seconds;
            aa += a * a;
            ab += a * b;
            bb += b * b;
            a1 += a;
            b1 += b;
        }

        double determinant = aa * bb - ab * ab;
        return new((a1 * bb - b1 * ab) / determinant, determinant / (b1 * aa - a1 * ab));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"--latency {Latency * 1e6:F1} --bandwidth {Bandwidth / 1e9:F2}");

    /// <summary>The most that this process has held in memory, in bytes.</summary>
    public static long PeakMemory => Process.GetCurrentProcess().PeakWorkingSet64;
}
