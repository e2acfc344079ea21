using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>A loop over memory on libtorch's own threads.</summary>
internal static unsafe class ParallelLoop
{
    // Elements that are worth a thread: libtorch's own grain for elementwise operators.
    private const long Grain = 32768;

    /// <summary>Runs a loop of rounds [0, count), in parts where there is much to do.</summary>
    /// <param name="count">Number of rounds.</param>
    /// <param name="size">How many elements a round handles, at least 1.</param>
    /// <param name="body">The loop from a first round to before a last one; it must not throw.</param>
    /// <param name="context">What the body gets.</param>
    public static void Run(long count, long size, delegate*<long, long, void*, void> body, void* context)
    {
        long grain = Math.Max(1, Grain / size);
        if (count <= grain)
        {
            body(0, count, context);
            return;
        }

        var part = new Part(body, context);
        if (LibTorchAbi.ParallelFor(0, count, grain, &Enter, &part) != 0)
            throw new TorchException("libtorch could not run a loop on its threads; its reason stands on standard error.");
    }

    /// <summary>The same where parts begin at multiples of a number of rounds.</summary>
    /// <param name="count">Number of rounds.</param>
    /// <param name="together">The number.</param>
    /// <param name="size">How many elements a round handles, at least 1.</param>
    /// <param name="body">The loop, as above.</param>
    /// <param name="context">What the body gets.</param>
    public static void Run(long count, int together, long size, delegate*<long, long, void*, void> body, void* context)
    {
        var parts = new Together(count, together, body, context);
        Run((count + together - 1) / together, together * size, &RunTogether, &parts);
    }

    private static void RunTogether(long begin, long end, void* context)
    {
        ref var parts = ref *(Together*)context;
        parts.Body(begin * parts.Size, Math.Min(end * parts.Size, parts.Count), parts.Context);
    }

    private readonly struct Together(long count, int size, delegate*<long, long, void*, void> body, void* context)
    {
        public readonly long Count = count, Size = size;
        public readonly delegate*<long, long, void*, void> Body = body;
        public readonly void* Context = context;
    }

    [UnmanagedCallersOnly]
    private static void Enter(long begin, long end, void* part) => ((Part*)part)->Body(begin, end, ((Part*)part)->Context);

    private readonly struct Part(delegate*<long, long, void*, void> body, void* context)
    {
        public readonly delegate*<long, long, void*, void> Body = body;
        public readonly void* Context = context;
    }
}
