using Dsl.Generator.Emitting;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Lines of generated code that are too long go on in the next one, where C# reads the same.</summary>
public class LineBreakTests
{
    private static readonly string Long = new('a', 60);

    [Fact]
    public void A_short_line_stays() => Assert.Equal(["    Run(a, b);"], LineBreaks.Of("Run(a, b);", 4));

    [Fact]
    public void A_call_goes_on_behind_the_last_argument_of_its_own_that_fits() => Assert.Equal(
        [$"    Run({Long}, [1, 2],", $"        {Long}, [3, 4]);"], LineBreaks.Of($"Run({Long}, [1, 2], {Long}, [3, 4]);", 4));

    [Fact]
    public void Commas_of_a_text_are_none() => Assert.Equal(
        [$"throw new E({Long},", $"    \"x, {Long}, {Long}\");"],
        LineBreaks.Of($"throw new E({Long}, \"x, {Long}, {Long}\");", 0));

    [Fact]
    public void Statements_are_parted_first() => Assert.Equal(
        [$"{Long}(1, 2);", $"{Long}(1, 2);", $"{Long}(1, 2);"], LineBreaks.Of($"{Long}(1, 2); {Long}(1, 2); {Long}(1, 2);", 0));

    [Fact]
    public void An_assignment_without_arguments_is_parted_at_its_sign() => Assert.Equal(
        [$"{Long}{Long} =", $"    {Long};"], LineBreaks.Of($"{Long}{Long} = {Long};", 0));

    [Fact]
    public void Documentation_goes_on_as_documentation() => Assert.Equal(
        [$"/// <summary>of {Long}", $"/// {Long} it</summary>"], LineBreaks.Of($"/// <summary>of {Long} {Long} it</summary>", 0));

    [Fact]
    public void What_cannot_be_parted_and_rows_of_tables_stay_whole()
    {
        string word = Long + Long + Long;
        Assert.Equal([word], LineBreaks.Of(word, 0));
        Assert.Equal([$"/// {Long} {Long} {Long}"], LineBreaks.Of($"/// {Long} {Long} {Long}", 0));
    }
}
