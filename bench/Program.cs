using System.CommandLine;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Bench;
using Spectre.Console;
using static TorchSharp.torch;

var json = new Option<FileInfo?>("--json") { Description = "Writes the results to a file." };
var threads = Number("--threads", 1, "Threads inside an operation, on all sides.");
var blocks = Number("--blocks", 7, "Blocks of steps that the sides take in turn.");
var seconds = Number("--seconds", 0.5, "Length of a block, about.");
var only = new Option<string?>("--workload") { Description = $"One workload: {string.Join(", ", Workload.All.Keys)}." };
var target = new Option<string?>("--target") { Description = "One of our targets: explicit or autograd." };
only.AcceptOnlyFromAmong([.. Workload.All.Keys]);
target.AcceptOnlyFromAmong("explicit", "autograd");
var command = new RootCommand("Training steps beside those of TorchSharp, and of PyTorch where DSL_PYTHON has it: in one run.")
{
    json, threads, blocks, seconds, only, target,
};
command.SetAction(result =>
{
    using var pytorch = PyTorchWorker.Start(result.GetValue(threads), out string remark);
    AnsiConsole.MarkupLineInterpolated($"{remark}");
    string[] targets = result.GetValue(target) is { } one ? [one] : ["explicit", "autograd"];
    var contest = new Contest(targets, pytorch, result.GetValue(threads), result.GetValue(blocks), result.GetValue(seconds));
    Run(contest, result.GetValue(threads), result.GetValue(only), result.GetValue(json));
});
var embeddings = new Command("embeddings", "How long neighbours, clusters and maps of embeddings take.") { threads };
embeddings.SetAction(result => EmbeddingTimes.Run(result.GetValue(threads)));
command.Add(embeddings);
var generation = new Command("generation", "How long a text takes that is written token by token, with a cache and without.")
{
    threads,
};
generation.SetAction(result => GenerationTimes.Run(result.GetValue(threads)));
command.Add(generation);
return command.Parse(args).Invoke();

static void Run(Contest contest, int threads, string? only, FileInfo? json)
{
    set_num_threads(threads);
    manual_seed(0);
    var rows = new List<Measurement>();
    foreach (var (name, create) in Workload.All)
    {
        if (only is null || only == name) rows.AddRange(contest.Measure(create()));
    }

    ResultTable.Print(rows);
    if (json is null) return;
    var options = new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    File.WriteAllText(json.FullName, JsonSerializer.Serialize(rows, options) + "\n");
}

// Above 0: libtorch ends the process when it is asked for 0 threads.
static Option<T> Number<T>(string name, T standard, string description) where T : INumber<T>
{
    var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => standard };
    option.Validators.Add(result =>
    {
        // What is no number at all is said elsewhere.
        bool isNumber = T.TryParse(result.Tokens.SingleOrDefault()?.Value, CultureInfo.InvariantCulture, out var value);
        if (isNumber && value! <= T.Zero) result.AddError($"{name} must be above 0.");
    });
    return option;
}
