using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>A loop over memory on libtorch's own threads.</summary>
internal static unsafe class ParallelLoop
{
    // Elements that are worth a thread: libtorch's own grain for elementwise operators.
    private const long Grain = 32768;

    /// <summary>Runs a loop over [0, count), in parts where it is long.</summary>
    /// <param name="count">Number of elements.</param>
    /// <param name="body">The loop from a first element to before a last one; it must not throw.</param>
    /// <param name="context">What the body gets.</param>
    public static void Run(long count, delegate*<long, long, void*, void> body, void* context)
    {
        if (count <= Grain)
        {
            body(0, count, context);
            return;
        }

        var part = new Part(body, context);
        if (LibTorchAbi.ParallelFor(0, count, Grain, &Enter, &part) != 0)
            throw new TorchException("libtorch could not run a loop on its threads; its reason stands on standard error.");
    }

    [UnmanagedCallersOnly]
    private static void Enter(long begin, long end, void* part) => ((Part*)part)->Body(begin, end, ((Part*)part)->Context);

    private readonly struct Part(delegate*<long, long, void*, void> body, void* context)
    {
        public readonly delegate*<long, long, void*, void> Body = body;
        public readonly void* Context = context;
    }
}
