using System.Diagnostics;
using System.Globalization;

namespace Soak;

/// <summary>What a process holds at a moment, of a Linux machine.</summary>
/// <param name="Resident">Bytes of memory that are in RAM.</param>
/// <param name="Managed">Bytes of the managed heap behind a collection.</param>
/// <param name="Handles">Open files, sockets and the like, without the assemblies, which are loaded when they are first
/// used.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct Usage(long Resident, long Managed, int Handles, int Threads)
{
    /// <summary>That of this process, behind a garbage collection.</summary>
    public static Usage Now()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return new(process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: false),
            Directory.GetFileSystemEntries("/proc/self/fd").Count(IsNoAssembly), process.Threads.Count);
    }

    private static bool IsNoAssembly(string handle) =>
        new FileInfo(handle).LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) != true;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Resident / 1048576.0,7:F1} MiB resident, {Managed / 1048576.0,5:F2} MiB managed, {Handles,3} handles, "
        + $"{Threads,3} threads");
}
