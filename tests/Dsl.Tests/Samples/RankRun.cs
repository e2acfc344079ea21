using System.Diagnostics;
using System.Globalization;
using Dsl.Tests.Tables;
using Xunit;

namespace Dsl.Tests.Samples;

/// <summary>A training on several ranks: what rank 0 wrote of it.</summary>
internal sealed record RankRun(int Status, string Output, string Errors)
{
    /// <summary>Trains to the end, as tools/Ranks does.</summary>
    /// <param name="count">Ranks; 0 for a process without <c>mpirun</c>.</param>
    /// <param name="name">What is trained.</param>
    /// <param name="file">Where it is saved, and goes on from.</param>
    /// <param name="options">Further options of the program.</param>
    public static RankRun Of(int count, string name, string file, params string[] options) =>
        Of(count, new Dictionary<string, string>(), name, file, options);

    /// <summary>Likewise, with variables of the environment.</summary>
    public static RankRun Of(
        int count, IReadOnlyDictionary<string, string> variables, string name, string file, params string[] options)
    {
        var start = SampleProgram.Information("Ranks", ["train", name, "--file", file, .. options]);
        if (count > 0)
        {
            // Ranks that wait for each other for ever fail the test.
            string[] command =
            [
                "--allow-run-as-root", "--oversubscribe", "--timeout", "200",
                "-n", count.ToString(CultureInfo.InvariantCulture), start.FileName, .. start.ArgumentList,
            ];
            start.FileName = "mpirun";
            start.ArgumentList.Clear();
            foreach (string argument in command) start.ArgumentList.Add(argument);
        }

        return Of(start, variables);
    }

    /// <summary>Trains over a network that takes its time and loses packets: each rank in a network namespace of its
    /// own.</summary>
    /// <param name="count">Ranks.</param>
    /// <param name="delay">Milliseconds of a packet.</param>
    /// <param name="loss">The share of packets that are lost.</param>
    /// <param name="name">What is trained.</param>
    /// <param name="file">Where it is saved, and goes on from.</param>
    /// <param name="options">Further options of the program.</param>
    public static RankRun OverNetwork(
        int count, double delay, double loss, string name, string file, params string[] options)
    {
        var start = SampleProgram.Information("Ranks", ["train", name, "--file", file, .. options]);
        string[] command =
        [
            Path.Combine(SampleTests.Root, "tools", "Ranks", "network.py"),
            .. FormattableString.Invariant($"--ranks {count} --delay {delay} --loss {loss} --").Split(' '),
            start.FileName, .. start.ArgumentList,
        ];
        start.FileName = "python3";
        start.ArgumentList.Clear();
        foreach (string argument in command) start.ArgumentList.Add(argument);
        return Of(start, new Dictionary<string, string>());
    }

    private static RankRun Of(ProcessStartInfo start, IReadOnlyDictionary<string, string> variables)
    {
        // Ranks write to terminals of their own, where .NET would begin with commands for them.
        start.Environment["TERM"] = "dumb";
        start.Environment["OMP_NUM_THREADS"] = "1";
        foreach (var (variable, value) in variables) start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output.Replace("\r", "", StringComparison.Ordinal), errors.Result);
    }

    /// <summary>The run, which must have ended well.</summary>
    public RankRun Complete()
    {
        Assert.True(Status == 0, $"{Output}\n{Errors}");
        return this;
    }

    /// <summary>The numbers of each line, by what the line is of: <c>step 12</c>, <c>epoch 2</c>, a parameter.</summary>
    public IReadOnlyDictionary<string, double[]> Numbers => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(words => (Words: words, Named: words[0] is "step" or "epoch" ? 2 : 1))
        .ToDictionary(
            line => string.Join(' ', line.Words.Take(line.Named)),
            line => line.Words.Skip(line.Named).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray());

    /// <summary>The lines of the parameters.</summary>
    public string Parameters => string.Join('\n', Output.Split('\n').Where(line =>
        !line.StartsWith("step ", StringComparison.Ordinal) && !line.StartsWith("epoch ", StringComparison.Ordinal)));
}

/// <summary>A test that starts several ranks.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RanksFactAttribute : FactAttribute
{
    public RanksFactAttribute() => Skip = RankLaunchers.Absence;
}

/// <summary>Tests that start several ranks.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RanksTheoryAttribute : TheoryAttribute
{
    public RanksTheoryAttribute() => Skip = RankLaunchers.Absence;
}

/// <summary>Tests that start ranks in network namespaces.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RankNetworkFactAttribute : FactAttribute
{
    public RankNetworkFactAttribute() => Skip = RankLaunchers.NetworkAbsence;
}

/// <summary>What starts ranks on this machine.</summary>
internal static class RankLaunchers
{
    /// <summary>Why nothing does; null where something does.</summary>
    public static string? Absence =>
        !Has("mpirun") ? "There is no mpirun: apt-get install openmpi-bin."
        : !System.Runtime.InteropServices.NativeLibrary.TryLoad("libmpi.so.40", out _)
            ? "Open MPI's libmpi.so.40 cannot be loaded: apt-get install libopenmpi3."
        : null;

    /// <summary>Why no network between namespaces can be made; null where it can.</summary>
    public static string? NetworkAbsence => Absence
        ?? (!Has("python3") ? "There is no python3."
            : !Has("ip") ? "There is no ip: apt-get install iproute2."
            : !File.Exists("/dev/net/tun") ? "There is no /dev/net/tun."
            : MakesNamespace() ? null : "This user, or this machine, makes no network namespaces.");

    private static bool MakesNamespace()
    {
        string name = $"dsl-test-{Environment.ProcessId}";
        bool isMade = Run("add");
        return isMade && Run("del");

        bool Run(string verb)
        {
            var start = new ProcessStartInfo("ip", ["netns", verb, name]) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }

    private static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
