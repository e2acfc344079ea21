using System.Collections.Concurrent;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Dsl.Tests.Fuzzing;

/// <summary>
/// Bad data at every public door of a trainer: each ends in numbers that are finite or in an error of ours, and what was
/// refused has changed nothing.
/// </summary>
public class DataFuzzTests(ITestOutputHelper output)
{
    // So many failures are enough to read.
    private const int Enough = 20, CasesOfOnePair = 40;

    // Other ones: DSL_DATA_FUZZ_SEED=n, DSL_DATA_FUZZ_CASES=n.
    private static readonly int Seed = Number("DSL_DATA_FUZZ_SEED", 20241128), Cases = Number("DSL_DATA_FUZZ_CASES", 10_000);

    [Fact]
    public void Bad_data_end_in_finite_numbers_or_in_an_error_of_ours_and_leave_the_trainer_as_it_was()
    {
        output.WriteLine($"seed {Seed}, {Cases} cases");
        int refused = 0;
        var failures = new ConcurrentQueue<string>();
        int portions = (Cases + CasesOfOnePair - 1) / CasesOfOnePair;
        Parallel.For(0, portions, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (portion, loop) =>
        {
            var subject = Subjects.All[portion % Subjects.All.Count];
            using var pair = new TrainerPair(subject);
            for (int i = 0; i < CasesOfOnePair; i++)
            {
                int number = (portion * CasesOfOnePair) + i;
                var (isRefused, failure) = DataCase.Run(subject, pair, Seed, number);

                // TorchSharp may free a number while libtorch reads it, when another thread collects just then: that is not the
                // data's doing, and does not happen twice.
                if (failure is not null) (isRefused, failure) = DataCase.Run(subject, pair, Seed, number);
                if (isRefused) Interlocked.Increment(ref refused);
                if (failure is not null) failures.Enqueue(failure);
            }

            if (failures.Count >= Enough) loop.Stop();
        });

        output.WriteLine($"{refused} refused");
        Assert.True(failures.IsEmpty, $"seed {Seed}:\n{string.Join("\n----\n", failures)}");

        // Both kinds must occur, or the test says nothing about one of them.
        Assert.InRange(refused, Cases / 10, Cases * 9 / 10);
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int value)
            ? value : otherwise;
}
