using System.Globalization;
using Xunit;

namespace Dsl.Generator.Tests.Fuzzing;

/// <summary>
/// Mutated declarations: however malformed or half-typed, each ends in generated code that compiles or in a diagnostic, soon, and in the same
/// one every time.
/// </summary>
public class FuzzTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int BatchSize = 100;

    // Other ones: DSL_FUZZ_SEED=n, DSL_FUZZ_CASES=n.
    private static readonly int Seed = Number("DSL_FUZZ_SEED", 20241121), Cases = Number("DSL_FUZZ_CASES", 10_000);

    private static readonly (string Key, string Value)[][] Options = [[], [("build_property.DslBackward", "autograd")]];

    [Fact]
    public void Every_declaration_of_the_corpus_compiles()
    {
        var units = Corpus.Units.Select((unit, number) => new FuzzCase(0, number, number, [], FuzzCase.Header(number) + unit)).ToList();
        var batch = new FuzzBatch(units, []);
        Assert.Empty(batch.Failures());
        output.WriteLine($"{units.Count} declarations, {batch.Counts}");
        Assert.True(batch.Counts.Compiled > units.Count / 2, $"{batch.Counts}");
    }

    [Fact]
    public void Mutated_declarations_end_in_code_that_compiles_or_in_a_diagnostic()
    {
        output.WriteLine($"seed {Seed}, {Cases} cases");
        int compiled = 0, refused = 0, notCSharp = 0;
        var failures = new List<string>();
        var edited = Options.Select(FuzzBatch.Driver).ToArray();
        for (int first = 0, number = 0; first < Cases && failures.Count < 60; first += BatchSize, number++)
        {
            var cases = Enumerable.Range(first, Math.Min(BatchSize, Cases - first)).Select(i => FuzzCase.Create(Seed, i, i - first)).ToList();
            var options = Options[number % 2];
            var batch = new FuzzBatch(cases, options);
            failures.AddRange(batch.Failures());
            var (c, r, n) = batch.Counts;
            (compiled, refused, notCSharp) = (compiled + c, refused + r, notCSharp + n);

            // What an editor sees, whose driver has seen earlier text, is what a build sees, whose driver is new.
            if (number % 10 > 1) continue;
            edited[number % 2] = batch.Run(edited[number % 2]);
            if (!FuzzBatch.Text(edited[number % 2]).SequenceEqual(FuzzBatch.Text(batch.Run(FuzzBatch.Driver(options)))))
                failures.Add($"an edited batch is not what it is anew: batch {number}");
        }

        output.WriteLine($"{compiled} compile, {refused} are refused, {notCSharp} are no C#");
        Assert.True(failures.Count == 0, $"seed {Seed}: {string.Join("\n----\n", failures)}");

        // Each kind must occur, or the test says nothing about one of them.
        Assert.All([compiled, refused, notCSharp], count => Assert.True(count > Cases / 20, $"{compiled} compile, {refused} are refused, {notCSharp} are no C#"));
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
