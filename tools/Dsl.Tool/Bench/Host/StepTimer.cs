using System.Diagnostics;
using Bench;

namespace Dsl.Bench;

/// <summary>Times steps in blocks; a shared machine's interruptions move neither the median of a block nor that of the
/// blocks.</summary>
internal static class StepTimer
{
    private const int Blocks = 5;

    // The first steps are the JIT's and the allocators': it takes the JIT most of a second to compile what runs often anew, and
    // steps of small networks are more than twice as fast then.
    private const int FirstSteps = 3;
    private const double FirstSeconds = 1;

    // Of a block: a median of fewer says nothing.
    private const int FewestSteps = 2;

    public static (double Milliseconds, double Spread, double Bytes) Measure<TBatch, TLosses>(
        Func<TBatch, TLosses> step, TBatch[] data, TrainerPlan plan)
    {
        Run(step, data, FirstSteps, TimeSpan.FromSeconds(FirstSeconds));
        var blocks = Enumerable.Range(0, Blocks)
            .Select(_ => Run(step, data, FewestSteps, TimeSpan.FromSeconds(plan.Seconds / Blocks))).ToList();
        double[] times = [.. blocks.Select(block => plan.StepsDiffer ? block.Times.Average() : block.Times.Median())];
        return (times.Median(), times.Spread(), blocks.Select(block => block.Bytes).Median());
    }

    /// <summary>Steps until a time has passed, but not fewer than some.</summary>
    private static (List<double> Times, double Bytes) Run<TBatch, TLosses>(
        Func<TBatch, TLosses> step, TBatch[] data, int fewest, TimeSpan length)
    {
        // What came before is not to be collected here.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var times = new List<double>(1 << 16);
        long begin = Stopwatch.GetTimestamp();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        while (times.Count < fewest || Stopwatch.GetElapsedTime(begin) < length)
        {
            long start = Stopwatch.GetTimestamp();
            step(data[times.Count % data.Length]);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return (times, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)times.Count);
    }
}
