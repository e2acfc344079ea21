using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Dsl.Runtime;
using Spectre.Console;
using static TorchSharp.torch;

namespace Bench;

/// <summary>What the machine can do at best, to hold a step's work against.</summary>
internal static class Ceilings
{
    private const int Repetitions = 15;

    /// <summary>Measures and prints all.</summary>
    /// <param name="threads">Threads inside an operation.</param>
    public static void Measure(int threads)
    {
        set_num_threads(threads);
        using var noGrad = no_grad();
        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{HistoryEntry.ProcessorName()}, {threads} threads"));
        foreach (int size in new[] { 256, 512, 1024, 2048 })
        {
            using var left = randn(size, size);
            using var right = randn(size, size);
            using var result = zeros(size, size);
            double flops = 2.0 * size * size * size;
            Print($"libtorch's product of {size} x {size}", flops / Seconds(() => left.mm(right).Dispose()) / 1e9, "GFLOP/s");
            Print($"Dsl's product of {size} x {size}", flops / Seconds(() => Aten.mm(left, right).Dispose()) / 1e9, "GFLOP/s");
        }

        // Far larger than any cache.
        using var from = zeros(1 << 25);
        using var to = ones(1 << 25);
        double bytes = 4.0 * from.numel();
        Print("a copy of 134 MB, read and written", 2 * bytes / Seconds(() => to.copy_(from)) / 1e9, "GB/s");
        Print("a sum of 134 MB, read", bytes / Seconds(() => from.sum().Dispose()) / 1e9, "GB/s");
        Print("134 MB += 134 MB, two read and one written", 3 * bytes / Seconds(() => to.add_(from)) / 1e9, "GB/s");
        Print("an empty operator of TorchSharp", Seconds(() => from.detach().Dispose(), 10_000) * 1e9, "ns");
        Print("numbers in a vector of .NET", Vector<float>.Count, "float32");
    }

    /// <summary>GFLOP/s of the faster of both products of 512 x 512, and GB/s of 134 MB += 134 MB.</summary>
    public static (double Gflops, double Gigabytes) Peaks(int threads)
    {
        const int size = 512;
        set_num_threads(threads);
        using var noGrad = no_grad();
        using var left = randn(size, size);
        using var right = randn(size, size);
        using var from = zeros(1 << 25);
        using var to = ones(1 << 25);
        double seconds = Math.Min(
            Seconds(() => left.mm(right).Dispose()), Seconds(() => Aten.mm(left, right).Dispose()));
        return (2.0 * size * size * size / seconds / 1e9, 12.0 * from.numel() / Seconds(() => to.add_(from)) / 1e9);
    }

    private static void Print(string what, double value, string unit) => AnsiConsole.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{value,8:0.0} {unit,-8} {what}"));

    // The best: what the machine can do, not what others left of it.
    private static double Seconds(Action run, int rounds = 1)
    {
        run();
        return Enumerable.Range(0, Repetitions).Min(_ =>
        {
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < rounds; i++) run();
            return clock.Elapsed.TotalSeconds / rounds;
        });
    }
}
