using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace Bench;

/// <summary>Where the time of our explicit step goes, by Linux's <c>perf</c>: samples of the processor's clock, by the functions
/// of .NET's and libtorch's code in which they fell.</summary>
internal static class StepProfile
{
    // Compilation and the first steps come before; longer than any workload here takes for them.
    private const int FirstSeconds = 6;

    private const int SamplesPerSecond = 1999;

    /// <summary>Steps without an end but the time, for <c>perf</c> to look at. Says how long the median step took.</summary>
    public static void Run(string workload, string path, double seconds, int threads)
    {
        torch.set_num_threads(threads);
        using var start = StartingPoint.Read(path);
        var batches = start.Batches(withDraws: false);
        var runner = Side.Create(Workload.Find(workload), Side.Explicit);
        start.Load(runner.Networks);
        var clock = Stopwatch.StartNew();
        var times = new List<double>();
        for (int i = 0; clock.Elapsed.TotalSeconds < FirstSeconds + seconds; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            runner.Run(batches[i % batches.Length]);
            if (clock.Elapsed.TotalSeconds > FirstSeconds) times.Add(Stopwatch.GetElapsedTime(begin).TotalMicroseconds);
        }

        Console.WriteLine(times.Median().ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Looks at a workload's steps in a process of its own.</summary>
    /// <exception cref="InvalidOperationException">There is no <c>perf</c>, or it may not look.</exception>
    public static (double Microseconds, IReadOnlyList<ProfiledFunction> Functions) Measure(
        string workload, double seconds, int threads)
    {
        var folder = Directory.CreateTempSubdirectory("dsl-bench-");
        try
        {
            string start = Path.Combine(folder.FullName, "start.safetensors"), data = Path.Combine(folder.FullName, "perf.data");
            StartingPoint.Write(Workload.Find(workload), start);
            string said = Start(
                "record", "-q", "-e", "cpu-clock", "-F", Number(SamplesPerSecond), "-D", Number(1000 * FirstSeconds), "-o", data,
                "--", Environment.ProcessPath!, typeof(StepProfile).Assembly.Location, "steps", workload, start, Number(seconds),
                "--threads", Number(threads));
            string report = Start(
                "report", "-i", data, "--stdio", "--no-children", "-F", "overhead,dso,symbol", "-t", "|");
            var functions = report.Split('\n').Where(line => line.Length > 0 && line[0] != '#')
                .Select(ProfiledFunction.Parse).OfType<ProfiledFunction>().ToList();
            return (double.Parse(said.Trim(), CultureInfo.InvariantCulture), functions);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("perf", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // The addresses of compiled methods, in a file that perf finds by the process's number, and where perf sees them: not in
        // a mapping of their own for writing.
        start.Environment["DOTNET_PerfMapEnabled"] = "1";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("There is no perf on this machine (on Debian: apt-get install linux-perf).");
        }

        using (process)
        {
            var error = process.StandardError.ReadToEndAsync();
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? said
                : throw new InvalidOperationException($"perf {arguments[0]} ended with {process.ExitCode}: {error.Result}");
        }
    }
}
