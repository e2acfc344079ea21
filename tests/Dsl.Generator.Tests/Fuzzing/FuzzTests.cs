using System.Collections.Concurrent;
using System.Globalization;
using Xunit;

namespace Dsl.Generator.Tests.Fuzzing;

/// <summary>
/// Mutated declarations: however malformed or half-typed, each ends in generated code that compiles or in a diagnostic, soon,
/// and in the same one every time.
/// </summary>
public class FuzzTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int BatchSize = 100;

    // So many failures are enough to read.
    private const int Enough = 20;

    // Other ones: DSL_FUZZ_SEED=n, DSL_FUZZ_CASES=n.
    private static readonly int Seed = Number("DSL_FUZZ_SEED", 20241121), Cases = Number("DSL_FUZZ_CASES", 10_000);

    private static readonly (string Key, string Value)[][] Options = [[], [("build_property.DslBackward", "autograd")]];

    [Fact]
    public void Mutated_declarations_end_in_code_that_compiles_or_in_a_diagnostic()
    {
        output.WriteLine($"seed {Seed}, {Cases} cases");
        int compiled = 0, refused = 0, notCSharp = 0;
        var failures = new ConcurrentQueue<string>();
        Parallel.For(0, (Cases + BatchSize - 1) / BatchSize,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (number, loop) =>
        {
            var batch = Batch(number);
            foreach (string failure in batch.Failures()) failures.Enqueue(failure);
            if (number % 10 == 0 && Changes(batch, number) is { } change) failures.Enqueue(change);
            Interlocked.Add(ref compiled, batch.Counts.Compiled);
            Interlocked.Add(ref refused, batch.Counts.Refused);
            Interlocked.Add(ref notCSharp, batch.Counts.NotCSharp);
            if (failures.Count >= Enough) loop.Stop();
        });

        string counts = $"{compiled} compile, {refused} are refused, {notCSharp} are no C#";
        output.WriteLine(counts);
        Assert.True(failures.IsEmpty, $"seed {Seed}:\n{string.Join("\n----\n", failures)}");

        // Each kind must occur, or the test says nothing about one of them.
        Assert.All([compiled, refused, notCSharp], count => Assert.True(count > Cases / 20, counts));
    }

    [Fact]
    public void Right_declarations_compile_wherever_they_stand_or_a_diagnostic_says_why_not()
    {
        const int size = 40;
        int compiled = 0, refused = 0, notCSharp = 0;
        var failures = new ConcurrentQueue<string>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, Cases / 25 / size, parallel, (number, loop) =>
        {
            var project = Surroundings.Project(new Random(unchecked((Seed * 1_000_033) + number)));
            var batch = new FuzzBatch(
                [.. Enumerable.Range(0, size).Select(slot => Surroundings.Case(Seed, (number * size) + slot, slot))],
                Options[number % 2],
                project);
            foreach (string failure in batch.Failures()) failures.Enqueue($"{project}\n{failure}");
            Interlocked.Add(ref compiled, batch.Counts.Compiled);
            Interlocked.Add(ref refused, batch.Counts.Refused);
            Interlocked.Add(ref notCSharp, batch.Counts.NotCSharp);
            if (failures.Count >= Enough) loop.Stop();
        });

        string counts = $"{compiled} compile, {refused} are refused, {notCSharp} are no C#";
        output.WriteLine(counts);
        Assert.True(failures.IsEmpty, $"seed {Seed}:\n{string.Join("\n----\n", failures)}");
        Assert.All([compiled, refused], count => Assert.True(count > Cases / 500, counts));
    }

    /// <summary>What an editor sees, whose driver has seen other text at the same places, is what a build sees, whose driver is
    /// new.</summary>
    private static string? Changes(FuzzBatch batch, int number)
    {
        var anew = FuzzBatch.Text(batch.Run(FuzzProject.Plain.Driver(Options[number % 2])));
        var edited = FuzzBatch.Text(batch.Run(Batch(number + 2).Run(FuzzProject.Plain.Driver(Options[number % 2]))));
        return anew.SequenceEqual(edited) ? null
            : $"batch {number} as an edit is not what it is "
                + $"anew:\n{string.Join("\n", edited.Except(anew).Concat(anew.Except(edited)))}";
    }

    private static FuzzBatch Batch(int number) =>
        new([.. Enumerable.Range(0, BatchSize).Select(slot => FuzzCase.Create(Seed, (number * BatchSize) + slot, slot))],
            Options[number % 2], FuzzProject.Plain);

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int value) ? value
            : otherwise;
}
