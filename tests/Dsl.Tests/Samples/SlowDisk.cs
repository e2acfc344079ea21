using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Dsl.Tests.Samples;

/// <summary>A program for which files take their time to reach the disk: <c>strace</c> holds every fsync up.</summary>
internal static class SlowDisk
{
    /// <summary>Why there is none on this machine; null where there is.</summary>
    public static string? Absence { get; } = !OperatingSystem.IsLinux() ? "Disks are made slow by Linux's strace."
        : Traces() ? null : "There is no strace, or it may not trace here: apt-get install strace.";

    /// <summary>The running program.</summary>
    /// <param name="milliseconds">How much longer each fsync takes.</param>
    /// <param name="name">The sample's assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Process Start(int milliseconds, string name, params string[] arguments)
    {
        var start = SampleProgram.Information(name, arguments);
        string[] command = [.. Options(milliseconds), start.FileName, .. start.ArgumentList];
        start.FileName = "strace";
        start.ArgumentList.Clear();
        foreach (string part in command) start.ArgumentList.Add(part);
        return Process.Start(start)!;
    }

    /// <summary>Kills the program, whose end is the end of who traces it.</summary>
    public static void Kill(Process tracer)
    {
        using var killer = Process.Start("pkill", ["-KILL", "-P", tracer.Id.ToString(CultureInfo.InvariantCulture)]);
        killer.WaitForExit();
        tracer.WaitForExit();
    }

    private static string[] Options(int milliseconds) =>
        ["-f", "--seccomp-bpf", "-qqq", "-o", "/dev/null", "-e", "trace=fsync", "-e",
            $"inject=fsync:delay_enter={1000 * milliseconds}"];

    private static bool Traces()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "strace")))) return false;
        var start = new ProcessStartInfo("strace", [.. Options(1), "true"]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test that needs a slow disk.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SlowDiskFactAttribute : FactAttribute
{
    public SlowDiskFactAttribute() => Skip = SlowDisk.Absence;
}
