using System.Diagnostics;
using Xunit;

namespace Dsl.Tests.Samples;

/// <summary>A folder in which nothing can be written, not even by the system's administrator, until it is disposed.</summary>
internal sealed class ReadOnlyFolder : IDisposable
{
    private readonly string _folder;

    private ReadOnlyFolder(string folder) => _folder = folder;

    /// <summary>Why there is none on this machine; null where there is.</summary>
    public static string? Absence { get; } = Try();

    // What a folder's owner may not do is no matter to an administrator: for one the folder must not change at all.
    private static bool IsAdministrator => Environment.IsPrivilegedProcess;

    public static ReadOnlyFolder Make(string folder)
    {
        if (!Set(folder, isReadOnly: true)) throw new InvalidOperationException($"{folder} cannot be made read-only.");
        return new(folder);
    }

    public void Dispose() => Set(_folder, isReadOnly: false);

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux()) return "Folders are made read-only by Linux's chmod and chattr.";
        string folder = Directory.CreateTempSubdirectory("dsl-read-only-").FullName;
        bool isMade = Set(folder, isReadOnly: true);
        if (isMade) Set(folder, isReadOnly: false);
        Directory.Delete(folder);
        return isMade ? null : "This user is an administrator, and this file system has no attribute that chattr +i sets.";
    }

    private static bool Set(string folder, bool isReadOnly)
    {
        var start = IsAdministrator ? new ProcessStartInfo("chattr", [isReadOnly ? "+i" : "-i", folder])
            : new ProcessStartInfo("chmod", [isReadOnly ? "u-w" : "u+w", folder]);
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A test that needs a folder in which nothing can be written.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadOnlyFolderFactAttribute : FactAttribute
{
    public ReadOnlyFolderFactAttribute() => Skip = ReadOnlyFolder.Absence;
}
