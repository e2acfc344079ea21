using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using TorchSharp;

namespace Bench;

/// <summary>A run of the benchmark: a line of a history.</summary>
/// <param name="Date">When, UTC.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="Processor">Its processor.</param>
/// <param name="Commit">The checkout's, "+" behind it where files have changed; null where there is no git.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="Torchsharp">Version of TorchSharp.</param>
/// <param name="Pytorch">Version of PyTorch; null where it is left out.</param>
/// <param name="Rows">The results.</param>
internal sealed record HistoryEntry(
    DateTime Date, string Machine, string Processor, string? Commit, string Runtime, string Torchsharp, string? Pytorch,
    IReadOnlyList<Measurement> Rows)
{
    /// <summary>This run.</summary>
    public static HistoryEntry Of(IReadOnlyList<Measurement> rows, string? pytorch) => new(
        DateTime.UtcNow, Environment.MachineName, ProcessorName(), CurrentCommit(), Environment.Version.ToString(),
        typeof(torch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion, pytorch, rows);

    /// <summary>Every run in a file, oldest first.</summary>
    /// <exception cref="InvalidDataException">A line is none of a history.</exception>
    public static IReadOnlyList<HistoryEntry> Read(string path)
    {
        var entries = new List<HistoryEntry>();
        foreach (var (index, line) in File.ReadLines(path).Index())
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                entries.Add(JsonSerializer.Deserialize<HistoryEntry>(line, Json.Line)!);
            }
            catch (JsonException error)
            {
                throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture, $"{path}, line {index + 1} is no run of the benchmark: ")
                    + error.Message, error);
            }
        }

        return [.. entries.OrderBy(entry => entry.Date)];
    }

    /// <summary>Adds a line to a file, which is made where there is none.</summary>
    public void AppendTo(string path) => File.AppendAllText(path, JsonSerializer.Serialize(this, Json.Line) + "\n");

    /// <summary>What the system calls the processor.</summary>
    public static string ProcessorName()
    {
        const string names = "/proc/cpuinfo", key = "model name";
        string? line = File.Exists(names)
            ? File.ReadLines(names).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }

    private static string? CurrentCommit()
    {
        try
        {
            return Git("rev-parse --short=12 HEAD") is not { } commit ? null
                : commit + (Git("status --porcelain --untracked-files=no") is { Length: > 0 } ? "+" : "");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string? Git(string arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = AppContext.BaseDirectory, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? said : null;
    }
}
