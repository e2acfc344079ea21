using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Bench;

/// <summary>The first steps of one side from the common starting point, in a process of its own: what they give shows that the
/// sides do the same, and the process's memory is this side's alone.</summary>
/// <param name="Losses">Of every step.</param>
/// <param name="PeakBytes">How much the process grew at its highest point, from before the network was made.</param>
/// <param name="Tensors">Managed tensors that the last step made; null for PyTorch.</param>
/// <param name="Operators">Operators that the last step called through libtorch's C interface; null but for ours.</param>
internal sealed record Trial(double[] Losses, long PeakBytes, long? Tensors, long? Operators)
{
    /// <summary>Steps of a trial.</summary>
    public const int Steps = 20;

    // What follows from parameters that differ in their last digits: where samples pass a threshold or do not, a last digit of
    // the first step is two hundredths of the sixteenth.
    private const double Tolerance = 5e-2;

    /// <summary>Makes a trial here.</summary>
    public static Trial Run(string workload, string side, string path, int threads)
    {
        AppContext.SetSwitch(OperatorCount.Switch, side != Side.TorchSharp);
        set_num_threads(threads);
        using var start = StartingPoint.Read(path);
        var batches = start.Batches(withDraws: true);
        long before = ResidentMemory.StartPeak();
        var runner = Side.Create(Workload.Find(workload), side);
        start.Load(runner.Networks);
        var losses = new double[Steps];
        long tensors = 0, operators = 0;
        for (int i = 0; i < Steps; i++)
        {
            (tensors, operators) = (TensorsMade(), OperatorCount.Total);
            runner.Run(batches[i % batches.Length]);
            (tensors, operators) = (TensorsMade() - tensors, OperatorCount.Total - operators);
            losses[i] = runner.Loss();
        }

        return new Trial(losses, ResidentMemory.Peak() - before, tensors, side == Side.TorchSharp ? null : operators);
    }

    /// <summary>Makes a trial in a process of its own.</summary>
    public static Trial Start(string workload, string side, string path, int threads)
    {
        string number = threads.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(
            Environment.ProcessPath!, [typeof(Trial).Assembly.Location, "trial", workload, side, path, "--threads", number])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("A trial did not start.");
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Trial>(said)!
            : throw new InvalidOperationException($"The trial of {side} in {workload} ended with {process.ExitCode}; see above.");
    }

    /// <summary>Requires that a side's losses are another's.</summary>
    public void RequireEqual(Trial other, string workload, string side)
    {
        double first = Workload.Find(workload).FirstTolerance;
        for (int i = 0; i < Steps; i++)
        {
            double apart = Math.Abs(Losses[i] - other.Losses[i]), allowed = i == 0 ? first : Tolerance;
            if (apart <= allowed * Math.Abs(Losses[i])) continue;
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"{workload}: {side}'s loss is {other.Losses[i]} in step {i + 1}, where our explicit target's is {Losses[i]}."));
        }
    }

    private static long TensorsMade()
    {
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        return statistics.CreatedInScopeCount + statistics.CreatedOutsideScopeCount;
    }
}
