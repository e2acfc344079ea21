using System.Text.Encodings.Web;
using System.Text.Json;

namespace Recipes;

/// <summary>What a recipe printed when it was run, in a file that is part of the repository.</summary>
/// <param name="Recipe">Its name.</param>
/// <param name="Date">The day.</param>
/// <param name="Seeds">How many runs the means are of.</param>
/// <param name="Threads">Threads of libtorch.</param>
/// <param name="Seconds">How long all of it took.</param>
/// <param name="IsReached">Whether every result reached its reference.</param>
/// <param name="Tables">What was shown.</param>
public sealed record RecordedRun(
    string Recipe, DateOnly Date, int Seeds, int Threads, double Seconds, bool IsReached, IReadOnlyList<RecordedTable> Tables)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Puts a run into a file, in the place of an earlier one of the same recipe.</summary>
    /// <param name="path">The file; it need not exist.</param>
    public void Save(string path)
    {
        var others = File.Exists(path) ? JsonSerializer.Deserialize<RecordedRun[]>(File.ReadAllText(path), Options)! : [];
        var all = others.Where(run => run.Recipe != Recipe).Append(this).OrderBy(run => run.Recipe, StringComparer.Ordinal);
        File.WriteAllText(path, JsonSerializer.Serialize(all, Options) + "\n");
    }
}

/// <summary>A table that a recipe showed.</summary>
/// <param name="Title">What stood above it.</param>
/// <param name="Unit">The unit of its numbers; may be empty.</param>
/// <param name="Reference">Where the references come from.</param>
/// <param name="LessIsBetter">Whether smaller results are the better ones.</param>
/// <param name="Rows">Its lines.</param>
public sealed record RecordedTable(
    string Title, string Unit, string Reference, bool LessIsBetter, IReadOnlyList<RecordedRow> Rows);

/// <summary>A result beside its reference.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Result">What came out, the mean over the seeds.</param>
/// <param name="Reference">What was expected; null for nothing.</param>
/// <param name="Deviation">Standard deviation of the reference over seeds; 0 where none is known.</param>
public sealed record RecordedRow(string What, double Result, double? Reference, double Deviation);
