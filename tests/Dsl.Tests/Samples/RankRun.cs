using System.Diagnostics;
using System.Globalization;
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

/// <summary>What starts ranks on this machine.</summary>
internal static class RankLaunchers
{
    /// <summary>Why nothing does; null where something does.</summary>
    public static string? Absence =>
        !Has("mpirun") ? "There is no mpirun: apt-get install openmpi-bin."
        : !System.Runtime.InteropServices.NativeLibrary.TryLoad("libmpi.so.40", out _)
            ? "Open MPI's libmpi.so.40 cannot be loaded: apt-get install libopenmpi3."
        : null;

    private static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
