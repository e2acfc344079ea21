using System.Globalization;

namespace Dsl.Runtime;

/// <summary>Copies of a run's checkpoint that stay when it is replaced: <c>run.step-600.safetensors</c> and
/// <c>run.best.safetensors</c> beside <c>run.safetensors</c>.</summary>
internal static class KeptCheckpoints
{
    /// <summary>Where the run is kept as it was on its best evaluation.</summary>
    /// <param name="path">The run's checkpoint.</param>
    public static string Best(string path) => Beside(path, "best");

    /// <summary>Keeps a checkpoint as that of its step, and the latest ones of them.</summary>
    /// <param name="path">The run's checkpoint, which has just been written.</param>
    /// <param name="step">Its step.</param>
    /// <param name="count">How many are kept, at least 1.</param>
    /// <exception cref="IOException">The copy cannot be written; the checkpoint itself is there.</exception>
    public static void Keep(string path, long step, int count)
    {
        string kept = Beside(path, $"step-{step.ToString(CultureInfo.InvariantCulture)}");
        using (var copy = new TemporaryFile(kept))
        using (var saved = File.OpenRead(path))
        {
            copy.Fill(saved.CopyTo);
        }

        // By their times, since a run that begins again before them has smaller steps.
        foreach (var old in Kept(path).OrderByDescending(File.GetLastWriteTimeUtc).ThenByDescending(StepOf).Skip(count))
            File.Delete(old);
    }

    private static IEnumerable<string> Kept(string path)
    {
        string full = Path.GetFullPath(path);
        return Directory.EnumerateFiles(Path.GetDirectoryName(full)!)
            .Where(file => StepOf(file) is { } step && Beside(full, $"step-{step}") == file);
    }

    // The number of a file's name; null where it has none.
    private static long? StepOf(string file)
    {
        string name = Path.GetFileName(file);
        int mark = name.LastIndexOf(".step-", StringComparison.Ordinal);
        if (mark < 0) return null;
        string behind = name[(mark + ".step-".Length)..];
        int end = behind.IndexOf('.', StringComparison.Ordinal);
        return long.TryParse(end < 0 ? behind : behind[..end], NumberStyles.None, CultureInfo.InvariantCulture, out long step)
            ? step : null;
    }

    private static string Beside(string path, string what)
    {
        string full = Path.GetFullPath(path);
        string name = $"{Path.GetFileNameWithoutExtension(full)}.{what}{Path.GetExtension(full)}";
        return Path.Combine(Path.GetDirectoryName(full)!, name);
    }
}
