using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>
/// glibc takes large buffers from the kernel and gives them and the end of the heap back to it, so that each training step faults
/// the same pages in again. With both thresholds raised the memory stays with the process, for the next step.
/// </summary>
internal static partial class FreedMemory
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int Megabyte = 1 << 20;

    // The most that glibc takes before version 2.35.
    private const int OldMost = 32 * Megabyte;

    private static bool s_isKept;

    /// <summary>What the user has set stays. Other C libraries have no such setting.</summary>
    public static void Keep()
    {
        if (!OperatingSystem.IsLinux()
            || IsSet("MALLOC_MMAP_THRESHOLD_") || IsSet("MALLOC_TRIM_THRESHOLD_") || IsSet("GLIBC_TUNABLES")
            || !NativeLibrary.TryLoad("libc.so.6", out nint library)) return;
        if (!NativeLibrary.TryGetExport(library, "mallopt", out _)) return;
        if (SetOption(MapThreshold, 512 * Megabyte) == 0) _ = SetOption(MapThreshold, OldMost);
        _ = SetOption(TrimThreshold, 512 * Megabyte);
        s_isKept = NativeLibrary.TryGetExport(library, "malloc_trim", out _);
    }

    /// <summary>Gives freed memory back to the kernel once, where <see cref="Keep"/> has kept it: behind what will not come
    /// again.</summary>
    public static void GiveBack()
    {
        if (s_isKept) _ = Trim(0);
    }

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is not null;

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint kept);

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
