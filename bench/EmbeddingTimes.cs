using System.Diagnostics;
using System.Globalization;
using Dsl.Runtime;
using Spectre.Console;
using static TorchSharp.torch;

namespace Bench;

/// <summary>How long computations on embeddings take, at the sizes that the documentation names.</summary>
internal static class EmbeddingTimes
{
    private const int Queries = 1000, Rows = 100_000, Dimension = 128, K = 10;

    /// <summary>Measures and prints all.</summary>
    /// <param name="threads">Threads inside an operation, on all sides.</param>
    public static void Run(int threads)
    {
        set_num_threads(threads);
        using var generator = new Generator(0);
        using Tensor asked = randn([Queries, Dimension], generator: generator);
        using Tensor gallery = randn([Rows, Dimension], generator: generator);
        Print($"{K} nearest of {Rows:N0} x {Dimension} for {Queries:N0} queries", 5, () =>
            NearestNeighbors.Find(asked, gallery, K).Dispose());
        Print("the same by TorchSharp's cdist and topk", 5, () =>
        {
            using var scope = NewDisposeScope();
            foreach (var part in asked.split(128)) cdist(part, gallery).topk(K, 1, largest: false);
        });
        if (PyTorch(threads) is { } seconds) Print("the same by PyTorch's cdist and topk", seconds);

        using var some = gallery.narrow(0, 0, 10_000);
        using var labels = randint(0, 1000, [10_000], ScalarType.Int64, generator: generator);
        Print("recall@k and MAP@R of 10,000 x 128, 1,000 classes", 3, () =>
            RetrievalMetrics.Evaluate(some, labels, [1, 2, 4, 8], wholeRanking: false));
        Print("the same and MAP", 1, () => RetrievalMetrics.Evaluate(some, labels, [1, 2, 4, 8]));
        Print($"k-means of {Rows:N0} x {Dimension} in 100 clusters, 20 iterations", 1, () =>
            KMeans.Fit(gallery, 100, iterations: 20, tolerance: 0).Dispose());
        using var few = gallery.narrow(0, 0, 2000);
        Print($"t-SNE of 2,000 x {Dimension}, all pairs, on all cores", 1, () => TSne.Fit(few).Dispose());
        Print($"t-SNE of 10,000 x {Dimension}, by a tree, on all cores", 1, () => TSne.Fit(some).Dispose());
    }

    private static void Print(string what, int repetitions, Action run)
    {
        if (repetitions > 1) run();
        Print(what, Enumerable.Range(0, repetitions).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            run();
            return clock.Elapsed.TotalSeconds;
        }).Median());
    }

    private static void Print(string what, double seconds) => AnsiConsole.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{seconds,8:0.000} s  {what}"));

    private static double? PyTorch(int threads)
    {
        string? python = PyTorchWorker.Python(out string remark);
        if (python is null)
        {
            AnsiConsole.WriteLine(remark);
            return null;
        }

        int[] numbers = [threads, Queries, Rows, Dimension, K];
        var start = new ProcessStartInfo(
            python, [Path.Combine(AppContext.BaseDirectory, "pytorch", "neighbors.py"),
                .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(said, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException("PyTorch's search ended with an error; its messages stand above.");
    }
}
