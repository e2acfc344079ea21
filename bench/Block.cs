using System.Diagnostics;

namespace Bench;

/// <summary>Some steps of one side without a break.</summary>
/// <param name="Microseconds">The median step's.</param>
/// <param name="Bytes">Managed memory that a step allocates, in the mean.</param>
internal readonly record struct Block(double Microseconds, double Bytes)
{
    /// <summary>Runs a block over a workload's batches.</summary>
    /// <param name="limit">Where the steps take longer, the block ends after the one that passes this time.</param>
    public static Block Run(Action<Batch> step, Batch[] data, int steps, TimeSpan limit)
    {
        // What another side has left to collect is not to be collected here.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var times = new List<double>(steps);
        long begin = Stopwatch.GetTimestamp();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        while (times.Count < steps && (times.Count == 0 || Stopwatch.GetElapsedTime(begin) < limit))
        {
            long start = Stopwatch.GetTimestamp();
            step(data[times.Count % data.Length]);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new Block(times.Median(), allocated / (double)times.Count);
    }

    /// <summary>How many times as long the other side took. The machine's speed drifts: blocks that ran side by side are
    /// compared with each other.</summary>
    public static double Ratio(IEnumerable<Block> ours, IEnumerable<Block> other) => Ratios(ours, other).Median();

    /// <summary>The spread of <see cref="Ratio"/>.</summary>
    public static double RatioSpread(IEnumerable<Block> ours, IEnumerable<Block> other) => Ratios(ours, other).Spread();

    private static IEnumerable<double> Ratios(IEnumerable<Block> ours, IEnumerable<Block> other) =>
        ours.Zip(other, (a, b) => b.Microseconds / a.Microseconds);
}
