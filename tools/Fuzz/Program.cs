using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Fuzz;
using SharpFuzz;

// Fuzzes what reads files. Guided by coverage, with AFL++ and SharpFuzz: tools/Fuzz/afl.sh TARGET SECONDS. By chance alone, from
// the corpus that lies beside the program:
//   dotnet run -c Release --project tools/Fuzz -- mutate [TARGETS] --seconds 10 --seed 1
Instrumentation.Begin();
var targets = new Argument<string[]>("targets")
{
    Description = $"Of {string.Join(", ", Readers.All.Keys)}; all when none is named.",
};
targets.AcceptOnlyFromAmong([.. Readers.All.Keys]);
var target = new Argument<string>("target");
target.AcceptOnlyFromAmong([.. Readers.All.Keys]);
var files = new Argument<string[]>("files");
var folder = new Argument<string>("folder");
var seconds = new Option<double>("--seconds") { Description = "For each target.", DefaultValueFactory = _ => 10 };
var seed = new Option<int>("--seed") { Description = "Of the changes.", DefaultValueFactory = _ => 1 };

var afl = new Command("afl", "Reads what AFL++ gives, again and again.") { target };
afl.SetAction(result =>
{
    string name = result.GetValue(target)!;
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        Readers.Accepts(name, content.ToArray());
    });
});

var run = new Command("run", "Reads files and says whether they are accepted.") { target, files };
run.SetAction(result =>
{
    foreach (string file in result.GetValue(files)!)
    {
        bool isAccepted = Readers.Accepts(result.GetValue(target)!, File.ReadAllBytes(file));
        Console.WriteLine($"{(isAccepted ? "accepted" : "refused ")} {file}");
    }
});

var seeds = new Command("seeds", "Writes small files that are right.") { folder };
seeds.SetAction(result => Seeds.Write(result.GetValue(folder)!));

var mutate = new Command("mutate", "Reads files of the corpus with random changes.") { targets, seconds, seed };
mutate.SetAction(result =>
{
    string[] chosen = result.GetValue(targets) is { Length: > 0 } some ? some : [.. Readers.All.Keys];
    int finds = chosen.Sum(name => Mutate(name, TimeSpan.FromSeconds(result.GetValue(seconds)), result.GetValue(seed)));
    return finds == 0 ? 0 : 1;
});
return new RootCommand("Fuzzes the readers of files.") { afl, run, seeds, mutate }.Parse(args).Invoke();

static int Mutate(string name, TimeSpan time, int seed)
{
    const long MostBytes = 256 << 20;
    const int LongestSeconds = 5;
    string corpusFolder = Path.Combine(AppContext.BaseDirectory, "Corpus", name);
    List<byte[]> corpus = [.. Directory.GetFiles(corpusFolder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    var mutations = new Mutations(new Random(seed));
    var random = new Random(seed);
    int finds = 0, accepted = 0;
    long count = 0;
    var watch = Stopwatch.StartNew();
    for (; count < corpus.Count || watch.Elapsed < time; count++)
    {
        byte[] content = count < corpus.Count ? corpus[(int)count] : mutations.Of(corpus[random.Next(corpus.Count)], corpus);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        var single = Stopwatch.StartNew();
        string? problem = null;
        try
        {
            if (Readers.Accepts(name, content)) accepted++;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            problem = error.ToString();
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > MostBytes) problem ??= $"{allocated >> 20} MiB were asked for.";
        if (single.Elapsed.TotalSeconds > LongestSeconds) problem ??= $"It took {single.Elapsed.TotalSeconds:F1} s.";
        if (problem is null) continue;
        finds++;
        Console.WriteLine($"{name}: {Convert.ToBase64String(content)}\n{problem}");
        if (finds == 3) break;
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-11} {count,8:N0} files in {watch.Elapsed.TotalSeconds,5:F1} s, {accepted,7:N0} accepted, {finds} finds"));
    return finds;
}
