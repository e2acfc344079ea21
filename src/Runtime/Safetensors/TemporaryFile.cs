using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Dsl.Runtime;

/// <summary>
/// A file that is written under another name in the same folder, and takes its own when it is complete and on disk. Its other
/// name holds the number of the process that writes it, so that what a killed process left behind can be told and removed.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private const string Ending = ".tmp";

    private static readonly ConcurrentDictionary<string, string> Living = new(StringComparer.Ordinal);

    private readonly string _target;
    private readonly string _name;
    private bool _hasMoved, _hasFailed;

    /// <exception cref="IOException">The file cannot be created; the message names the target.</exception>
    public TemporaryFile(string target)
    {
        _target = Path.GetFullPath(target);
        if (IsDevice(_target)) throw new IOException($"{_target} cannot be written: it is a device, and a file is needed.");
        _name = $"{_target}.{Environment.ProcessId}.{Guid.NewGuid():N}{Ending}";
        Living[_name] = _target;
        try
        {
            // Shared for renaming alone: the lock on it, which dies with the process, says that its writer lives.
            Stream = new FileStream(_name, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, Safetensors.StreamBuffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Living.TryRemove(_name, out _);
            throw Refusal(error);
        }
    }

    private FileStream Stream { get; }

    /// <summary>Writes the content, and gives the file its own name, in place of the one that had it.</summary>
    /// <param name="write">Writes to the file.</param>
    /// <exception cref="IOException">It cannot be written, as on a full disk; the file that had the name is as it
    /// was.</exception>
    public void Fill(Action<FileStream> write)
    {
        try
        {
            write(Stream);
            Stream.Flush(flushToDisk: true);
            File.Move(_name, _target, overwrite: true);
            _hasMoved = true;
        }
        catch (Exception error) when (IsOfFile(error) || error is UnauthorizedAccessException)
        {
            _hasFailed = true;
            throw Refusal(error);
        }
    }

    /// <summary>Closes the file, and removes it when it is not complete.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        catch (Exception error) when (!_hasMoved && IsOfFile(error))
        {
            // What is removed need not be written to its end.
        }

        try
        {
            if (!_hasMoved)
            {
                File.Delete(_name);
            }
        }
        catch (Exception error) when (_hasFailed && error is (IOException or UnauthorizedAccessException))
        {
            // Where a folder is gone or may no longer be written, the file cannot be removed either: why it could not be written
            // is what is told, and the next save there removes it.
        }

        Living.TryRemove(_name, out _);
    }

    /// <summary>Removes what writers of a file that are dead have left. What may belong to a living one stays.</summary>
    public static void RemoveLeftovers(string target)
    {
        var full = Path.GetFullPath(target);
        var folder = Path.GetDirectoryName(full);
        if (!Directory.Exists(folder))
        {
            return;
        }

        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*" + Ending).Where(file => IsLeftover(full, file)))
            {
                Remove(file);
            }
        }
        catch (UnauthorizedAccessException)
        {
            // A folder that may not be listed keeps what is in it.
        }
    }

    // A process of another container may have any number: its lock is what protects its file.
    private static void Remove(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its writer lives, or another process removes it at this moment, or the file is another user's.
        }
    }

    private static bool IsLeftover(string target, string file)
    {
        if (!file.StartsWith(target + ".", StringComparison.Ordinal) || Living.ContainsKey(file))
        {
            return false;
        }

        var parts = file[(target.Length + 1)..].Split('.');
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && Guid.TryParseExact(parts[1], "N", out _)
            && (process == Environment.ProcessId || !IsRunning(process));
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // A file that is larger than its file system or its process may have is an argument's error in .NET.
    private static bool IsOfFile(Exception error) => error is IOException or ArgumentOutOfRangeException { ParamName: "value" };

    // Who may write to their folder would put a file in a device's place.
    private static bool IsDevice(string target) => !OperatingSystem.IsWindows()
        && target.StartsWith("/dev/", StringComparison.Ordinal) && !target.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private IOException Refusal(Exception error)
    {
        var folder = Path.GetDirectoryName(_target);
        return Directory.Exists(folder)
            ? new IOException(
                $"{_target} cannot be written{(File.Exists(_target) ? ", and is as it was" : "")}: {error.Message}", error)
            : new DirectoryNotFoundException($"{_target} cannot be written: there is no folder {folder}.", error);
    }
}
