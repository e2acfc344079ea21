using System.Diagnostics;
using System.Globalization;

namespace Bench;

/// <summary>Memory of this process that is in the machine's memory.</summary>
internal static class ResidentMemory
{
    /// <summary>Forgets the highest point so far, where the system can: Linux.</summary>
    /// <returns>Bytes now.</returns>
    public static long StartPeak()
    {
        if (!OperatingSystem.IsLinux())
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }

        // proc(5): 5 sets the high-water mark to what is resident now.
        File.WriteAllText("/proc/self/clear_refs", "5");
        return Status("VmRSS:");
    }

    /// <summary>Bytes at the highest point since <see cref="StartPeak"/>, or of the process's life where that cannot be
    /// forgotten.</summary>
    public static long Peak()
    {
        if (OperatingSystem.IsLinux()) return Status("VmHWM:");
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static long Status(string name)
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
