using System.CommandLine;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Bench;
using Spectre.Console;
using static TorchSharp.torch;

var names = new Argument<string[]>("workloads")
{
    Description = $"Which ones; where none is named, all of: {string.Join(", ", Workload.All.Keys)}. With products of 16 bits: "
        + $"{string.Join(", ", Workload.Mixed.Keys)}.",
    Arity = ArgumentArity.ZeroOrMore,
};
names.AcceptOnlyFromAmong([.. Workload.All.Keys, .. Workload.Mixed.Keys]);
var json = new Option<FileInfo?>("--json") { Description = "Writes the results to a file." };
var history = new Option<FileInfo?>("--history") { Description = "Adds the results as a line to a file, for `bench history`." };
var threads = Number("--threads", 1, "Threads inside an operation, on all sides.");
var blocks = Number("--blocks", 5, "Blocks of steps that the sides take in turn.");
var seconds = Number("--seconds", 0.4, "Length of a block, about.");
var runs = Number("--runs", 5, "Processes of each side.");
var withoutTrials = new Option<bool>("--no-trials")
{
    Description = "Leaves out the trials, which show that all sides do the same work and measure memory.",
};
var target = new Option<string?>("--target") { Description = "One of our targets: explicit or autograd." };
target.AcceptOnlyFromAmong(Side.Explicit, Side.Autograd);
var command = new RootCommand("Training steps beside those of TorchSharp, and of PyTorch where DSL_PYTHON has it: in one run.")
{
    names, json, history, threads, blocks, seconds, target, withoutTrials,
};
command.SetAction(result =>
{
    using var pytorch = PyTorchWorker.Start(result.GetValue(threads), out string remark);
    AnsiConsole.MarkupLineInterpolated($"{remark}");
    string[] targets = result.GetValue(target) is { } one ? [one] : [Side.Explicit, Side.Autograd];
    var contest = new Contest(
        targets, pytorch, result.GetValue(threads), result.GetValue(blocks), result.GetValue(seconds),
        !result.GetValue(withoutTrials));
    set_num_threads(result.GetValue(threads));

    // In the list's order, however they are named: it has a reason.
    string[] named = result.GetValue(names)!;
    var rows = new List<Measurement>();
    foreach (string name in Chosen(named))
    {
        try
        {
            rows.AddRange(contest.Measure(name));
        }
        catch (InvalidOperationException error)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    ResultTable.Print(rows);
    if (result.GetValue(json) is { } file) File.WriteAllText(file.FullName, JsonSerializer.Serialize(rows, Json.Indented) + "\n");
    if (result.GetValue(history) is { } past) HistoryEntry.Of(rows, pytorch?.Version).AppendTo(past.FullName);
    return 0;
});

// A trial in a process of its own: for this program itself.
var workload = new Argument<string>("workload");
var side = new Argument<string>("side");
var path = new Argument<string>("path");
var trial = new Command("trial", "Steps of one side.") { workload, side, path, threads };
trial.Hidden = true;
trial.SetAction(result => Console.WriteLine(JsonSerializer.Serialize(Trial.Run(
    result.GetValue(workload)!, result.GetValue(side)!, result.GetValue(path)!, result.GetValue(threads)))));
command.Add(trial);
var length = new Argument<double>("seconds");
var running = new Command("steps", "Steps for a while.") { workload, path, length, threads };
running.Hidden = true;
running.SetAction(result => StepProfile.Run(
    result.GetValue(workload)!, result.GetValue(path)!, result.GetValue(length), result.GetValue(threads)));
command.Add(running);
var pages = new Option<DirectoryInfo?>("--pages") { Description = "Writes a page for each workload to this folder." };
var profile = new Command("profile", "Where the time of a step goes, by Linux's perf.") { names, threads, seconds, pages };
profile.SetAction(result =>
{
    string[] named = result.GetValue(names)!;
    var peaks = Ceilings.Peaks(result.GetValue(threads));
    foreach (string name in Chosen(named))
    {
        var (microseconds, functions) = StepProfile.Measure(name, 10 * result.GetValue(seconds), result.GetValue(threads));
        string page = ProfilePage.Write(
            name, microseconds, functions, Workload.Find(name).Flops,
            Workload.Find(name).Explicit().Networks[0].parameters().Sum(parameter => parameter.numel()), peaks,
            HistoryEntry.ProcessorName(), result.GetValue(threads));
        if (result.GetValue(pages) is { } folder) File.WriteAllText(Path.Combine(folder.FullName, $"{name}.md"), page);
        else Console.WriteLine(page);
    }
});
command.Add(profile);
var first = new Command("first-step", "A first step of one side.") { workload, side, path };
first.Hidden = true;
first.SetAction(result =>
    StartUp.Run(result.GetValue(workload)!, result.GetValue(side)!, result.GetValue(path)!));
command.Add(first);
var startup = new Command("startup", "How long it takes from the start of a process to the end of its first step.") { runs };
startup.SetAction(result => StartUp.Measure(result.GetValue(runs)));
command.Add(startup);
var ceilings = new Command("ceilings", "What this machine can do: products and memory.") { threads };
ceilings.SetAction(result => Ceilings.Measure(result.GetValue(threads)));
command.Add(ceilings);
var loading = new Command("loading", "How fast batches of images and of rows are made.") { threads };
loading.SetAction(result => LoadingTimes.Run(result.GetValue(threads)));
command.Add(loading);
var file = new Argument<FileInfo>("file") { Description = "What --history wrote." };
var html = new Option<FileInfo>("--html") { Description = "The page.", Required = true };
var past = new Command("history", "Draws how the results of many runs went, as a page.") { file, html };
past.SetAction(result => HistoryPage.Write(result.GetValue(file)!.FullName, result.GetValue(html)!.FullName));
command.Add(past);
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

static IEnumerable<string> Chosen(string[] named) => named.Length == 0 ? Workload.All.Keys
    : Workload.All.Keys.Concat(Workload.Mixed.Keys).Where(name => named.Contains(name));

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
