using System.Globalization;
using System.Text.Json;

namespace Dsl.Generator.Tests.Cookbook;

/// <summary>What recipes printed when they were run with <c>--record</c>.</summary>
internal sealed class RecipeResults
{
    private readonly Dictionary<string, JsonElement> _runs;

    public RecipeResults(string root)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "samples", "Recipes", "results.json")));
        _runs = file.RootElement.EnumerateArray()
            .ToDictionary(run => run.GetProperty("recipe").GetString()!, run => run.Clone(), StringComparer.Ordinal);
    }

    /// <summary>The names of the recipes that were recorded.</summary>
    public IEnumerable<string> Names => _runs.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether a recipe was recorded.</summary>
    public bool Has(string recipe) => _runs.ContainsKey(recipe);

    /// <summary>Whether every result reached its reference, in a word or two.</summary>
    public string Verdict(string recipe) => Compared(recipe) == 0 ? "no reference"
        : _runs[recipe].GetProperty("isReached").GetBoolean() ? "reached" : "not reached";

    /// <summary>How a recipe ended.</summary>
    public string Short(string recipe)
    {
        string references = Compared(recipe) == 1 ? "its reference" : $"all {Compared(recipe)} references";
        return Verdict(recipe) switch
        {
            "reached" => $"reached {references}",
            "not reached" => $"did not reach {references}",
            _ => "has no reference",
        };
    }

    /// <summary>How many seeds.</summary>
    public int Seeds(string recipe) => _runs[recipe].GetProperty("seeds").GetInt32();

    /// <summary>How long all seeds took.</summary>
    public string Seconds(string recipe) =>
        _runs[recipe].GetProperty("seconds").GetDouble().ToString("0", CultureInfo.InvariantCulture);

    /// <summary>The day.</summary>
    public string Date(string recipe) => _runs[recipe].GetProperty("date").GetString()!;

    /// <summary>What a page says of a recipe that was recorded: its command, and what came out of it.</summary>
    public string Line(string recipe) =>
        $"`./dsl recipe {recipe} --seeds {Seeds(recipe)}`: {Short(recipe)} in {Seconds(recipe)} s on {Date(recipe)} "
        + $"([numbers](../gallery.md#{recipe})).";

    /// <summary>The command that recorded a run.</summary>
    public string Command(string recipe) =>
        $"OMP_NUM_THREADS={_runs[recipe].GetProperty("threads").GetInt32()} "
        + $"./dsl recipe {recipe} --seeds {Seeds(recipe)} --record samples/Recipes/results.json";

    /// <summary>The rows of a run, under the titles of their tables.</summary>
    public IEnumerable<(string Title, string What, string Result, string Reference)> Table(string recipe)
    {
        foreach (var table in _runs[recipe].GetProperty("tables").EnumerateArray())
        {
            string unit = table.GetProperty("unit").GetString()!;
            string Number(double value) =>
                value.ToString("0.0#", CultureInfo.InvariantCulture) + (unit.Length > 0 ? $" {unit}" : "");
            foreach (var row in table.GetProperty("rows").EnumerateArray())
            {
                var reference = row.GetProperty("reference");
                double deviation = row.GetProperty("deviation").GetDouble();
                yield return (
                    table.GetProperty("title").GetString()!, row.GetProperty("what").GetString()!,
                    Number(row.GetProperty("result").GetDouble()),
                    reference.ValueKind == JsonValueKind.Null ? ""
                        : Number(reference.GetDouble()) + (deviation > 0 ? $" ± {Number(deviation)}" : ""));
            }
        }
    }

    private int Compared(string recipe) => _runs[recipe].GetProperty("tables").EnumerateArray()
        .SelectMany(table => table.GetProperty("rows").EnumerateArray())
        .Count(row => row.GetProperty("reference").ValueKind == JsonValueKind.Number);
}
