using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using KillCheck;
using TorchSharp;
using static TorchSharp.torch;

// Kills trainings at random moments, the saving of checkpoints included, goes on with what they left, and compares what comes of
// it with a run that nobody disturbed, bit for bit:
//   dotnet run -c Release --project tools/KillCheck [-- NAME... --kills 100 --seed 1]
var kills = new Option<int>("--kills") { Description = "Kills of each run.", DefaultValueFactory = _ => 100 };
var seed = new Option<int>("--seed") { Description = "Of the moments.", DefaultValueFactory = _ => 1 };
var names = new Argument<string[]>("names") { Description = $"Of {string.Join(", ", Runs.All.Keys)}; all when none is named." };
names.AcceptOnlyFromAmong([.. Runs.All.Keys]);
var command = new RootCommand("Kills trainings and goes on with them: the weights at the end are those of an undisturbed run.")
{
    names, kills, seed,
};
command.SetAction(result =>
{
    string[] chosen = result.GetValue(names) is { Length: > 0 } some ? some : [.. Runs.All.Keys];
    bool isRight = true;
    foreach (string name in chosen)
        isRight &= Check(name, result.GetValue(kills), new Random(result.GetValue(seed)));
    return isRight ? 0 : 1;
});

var run = new Command("run", "Trains to the end, from a file if there is one; prints a digest.") { Hidden = true };
var which = new Argument<string>("name");
var file = new Argument<string>("file");
run.Add(which);
run.Add(file);
run.SetAction(result =>
{
    set_num_threads(1);
    Console.WriteLine(Digest(Runs.All[result.GetValue(which)!](result.GetValue(file)!)));
});
command.Add(run);

// Signals are the trainers', and what they throw is shown.
return command.Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });

static bool Check(string name, int kills, Random random)
{
    string folder = Directory.CreateTempSubdirectory("dsl-kill-").FullName;
    try
    {
        string path = Path.Combine(folder, "run");
        var watch = Stopwatch.StartNew();
        string expected = Finish(name, path) ?? throw new InvalidOperationException($"{name} does not run to its end.");
        double seconds = watch.Elapsed.TotalSeconds;
        int killed = 0, runs = 0, same = 0;
        while (killed < kills)
        {
            File.Delete(path);
            string? digest = null;
            while (digest is null)
            {
                // Between its start, when nothing is saved, and its end.
                double moment = random.NextDouble() * seconds;
                digest = killed < kills ? Finish(name, path, TimeSpan.FromSeconds(moment)) : Finish(name, path);
                if (digest is null) killed++;
            }

            runs++;
            if (digest == expected) same++;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-13} {killed,4} kills in {runs,3} runs of {seconds:F1} s: {same} of {runs} as undisturbed, bit for bit"));
        return same == runs;
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

// The digest of a run's weights at its end; null when it was killed before.
static string? Finish(string name, string path, TimeSpan? killedAfter = null)
{
    var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };

    // As `dotnet KillCheck.dll`, the process's own path is not the program's.
    bool isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
    string[] program = isHost ? [typeof(Runs).Assembly.Location] : [];
    foreach (string argument in (string[])[.. program, "run", name, path]) start.ArgumentList.Add(argument);
    using var process = Process.Start(start)!;
    if (killedAfter is { } moment && !process.WaitForExit(moment))
    {
        process.Kill();
        process.WaitForExit();
        return null;
    }

    process.WaitForExit();
    if (process.ExitCode != 0)
        throw new InvalidOperationException($"{name} ended with {process.ExitCode}; its error stands above.");
    return process.StandardOutput.ReadToEnd().Trim();
}

static string Digest(IReadOnlyList<nn.Module> networks)
{
    using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach (var (_, value) in networks.SelectMany(network => network.state_dict()))
    {
        using var plain = value.cpu().contiguous();
        sum.AppendData(plain.bytes.ToArray());
    }

    return Convert.ToHexString(sum.GetHashAndReset());
}
