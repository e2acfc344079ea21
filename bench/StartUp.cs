using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using TorchSharp;

namespace Bench;

/// <summary>From the start of a process to the end of its first step: loading of natives, compilation by the JIT, the network and
/// the optimizer, one update.</summary>
internal static class StartUp
{
    private const string Done = "done";

    private static readonly string[] Workloads = ["mlp-small", "cnn-adam"];

    /// <summary>Measures and prints all.</summary>
    /// <param name="runs">Processes of each side, in turn.</param>
    public static void Measure(int runs)
    {
        string? python = PyTorchWorker.Python(out string remark);
        if (remark.Length > 0) AnsiConsole.WriteLine(remark);
        string[] sides = [Side.Explicit, Side.Autograd, Side.TorchSharp, .. python is null ? [] : new[] { Side.PyTorch }];
        var folder = Directory.CreateTempSubdirectory("dsl-bench-");
        try
        {
            foreach (string workload in Workloads)
            {
                string path = Path.Combine(folder.FullName, workload);
                StartingPoint.Write(Workload.Find(workload), path);
                var times = sides.ToDictionary(side => side, _ => new List<double>());

                // The first of each finds its files on the disk, the others in memory.
                for (int run = -1; run < runs; run++)
                {
                    foreach (string side in sides)
                    {
                        double seconds = Seconds(side == Side.PyTorch
                            ? new ProcessStartInfo(python!, [
                                Path.Combine(AppContext.BaseDirectory, "pytorch", "bench.py"), "--first-step", workload, path])
                            : new ProcessStartInfo(Environment.ProcessPath!, [
                                typeof(StartUp).Assembly.Location, "first-step", workload, side, path]));
                        if (run >= 0) times[side].Add(seconds);
                    }
                }

                foreach (string side in sides)
                {
                    AnsiConsole.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{times[side].Median(),6:0.00} s ± {times[side].Spread() * 100:0} %  {workload}, {side}"));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What is measured, of one of the sides here.</summary>
    public static void Run(string workload, string side, string path)
    {
        torch.set_num_threads(1);
        using var start = StartingPoint.Read(path);
        var runner = Side.Create(Workload.Find(workload), side);
        start.Load(runner.Networks);
        runner.Run(start.Batches(withDraws: true)[0]);
        if (!double.IsFinite(runner.Loss())) throw new InvalidOperationException("The first step's loss is not finite.");
        Console.WriteLine(Done);
    }

    private static double Seconds(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.Environment["OMP_NUM_THREADS"] = "1";
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        string? line = process.StandardOutput.ReadLine();
        double seconds = clock.Elapsed.TotalSeconds;
        process.WaitForExit();
        return line == Done ? seconds : throw new InvalidOperationException("A first step failed; its messages stand above.");
    }
}
