using System.Diagnostics;
using Dsl.Generator;
using Dsl.Generator.Declarations;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace GeneratorBench;

/// <summary>Runs of a generator after edits: median time and allocation of a run alone, without the parsing of the
/// edit.</summary>
internal sealed record Measure(double Microseconds, double Bytes)
{
    /// <summary>One edit after another, each on what the driver kept of the one before.</summary>
    /// <param name="compilations">The project after each edit; made as it is asked for.</param>
    public static Measure Edits(GeneratorDriver driver, IEnumerable<Compilation> compilations, int warmup)
    {
        var times = new List<double>();
        var bytes = new List<double>();
        foreach (var compilation in compilations)
        {
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            driver = driver.RunGenerators(compilation);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            bytes.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return new Measure(Median(times.Skip(warmup)), Median(bytes.Skip(warmup)));
    }

    /// <summary>What the analyzer does when the first file is asked for, after the generator has been run.</summary>
    public static Measure Analyses(GeneratorDriver driver, IEnumerable<Compilation> compilations, int warmup)
    {
        var times = new List<double>();
        var bytes = new List<double>();
        var reader = new ProjectReader();
        foreach (var compilation in compilations)
        {
            driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var updated, out _);
            var options = CompilerOptions.Read(Project.InEditor, updated);
            var tree = updated.SyntaxTrees.First();
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            int found = new FindingAnalyzer.Project(updated, options, reader).In(tree, CancellationToken.None).Count();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            bytes.Add(GC.GetAllocatedBytesForCurrentThread() - before);
            if (found > 0) throw new InvalidOperationException("a right project has findings");
        }

        return new Measure(Median(times.Skip(warmup)), Median(bytes.Skip(warmup)));
    }

    /// <summary>The same work again and again.</summary>
    public static Measure Repeated(Action work, int warmup, int repetitions)
    {
        var times = new List<double>();
        var bytes = new List<double>();
        for (int i = 0; i < warmup + repetitions; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            bytes.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return new Measure(Median(times.Skip(warmup)), Median(bytes.Skip(warmup)));
    }

    public Measure Over(Measure floor) => new(Microseconds - floor.Microseconds, Bytes - floor.Bytes);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>A generator that does nothing: what any generator costs.</summary>
internal sealed class EmptyGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
    }
}
