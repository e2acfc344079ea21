using System.Diagnostics;

namespace Bench;

/// <summary>Some steps of one side without a break.</summary>
/// <param name="Microseconds">The median step's.</param>
/// <param name="Bytes">Managed memory that a step allocates, in the mean.</param>
internal readonly record struct Block(double Microseconds, double Bytes)
{
    /// <summary>Runs a block over a workload's batches.</summary>
    public static Block Run(Action<Batch> step, Batch[] data, int steps)
    {
        // What another side has left to collect is not to be collected here.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var times = new double[steps];
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < steps; i++)
        {
            long start = Stopwatch.GetTimestamp();
            step(data[i % data.Length]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new Block(times.Median(), allocated / (double)steps);
    }
}
