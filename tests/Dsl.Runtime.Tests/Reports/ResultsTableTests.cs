using Spectre.Console;

namespace Dsl.Runtime.Tests.Reports;

public class ResultsTableTests
{
    [Fact]
    public void Results_stand_beside_their_references()
    {
        var table = new ResultsTable("Test accuracy [500 images]", " %")
            .Add("CNN", 99.25, 99.1, 0.3)
            .Add("Student", 95.5, 96.6, 0.7)
            .Add("Few labels", 80, 90)
            .Add("Alone", 12.5);
        var text = Written(table);
        Assert.Contains("Test accuracy [500 images]", text, StringComparison.Ordinal);
        Assert.Matches(@"CNN +│ +99\.25 % │ +99\.1 ± 0\.3 % │ reached", text);
        Assert.Matches(@"Student +│ +95\.5 % │ +96\.6 ± 0\.7 % │ reached", text);
        Assert.Matches(@"Few labels +│ +80\.0 % │ +90\.0 % │ below", text);
        Assert.Matches(@"Alone +│ +12\.5 % │ +- │ +│", text);
        Assert.False(table.AllReached);
    }

    [Fact]
    public void Several_runs_are_shown_with_their_deviation_which_counts()
    {
        var table = new ResultsTable("Two seeds", " %")
            .Add("Scattered", [85, 91], 92.2, 1.3)
            .Add("Certain", [87.9, 88.1], 92.2, 1.3)
            .Add("Single", [89], 92.2, 1.3);
        string text = Written(table);
        Assert.Matches(@"Scattered +│ +88\.0 ± 4\.24 % │ +92\.2 ± 1\.3 % │ reached", text);
        Assert.Matches(@"Certain +│ +88\.0 ± 0\.14 % │ +92\.2 ± 1\.3 % │ below", text);
        Assert.Matches(@"Single +│ +89\.0 % │ +92\.2 ± 1\.3 % │ below", text);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Add("None", []));
    }

    [Fact]
    public void A_result_that_is_no_number_reaches_nothing()
    {
        Assert.False(new ResultsTable("t").Add("a", double.NaN, 1, 1).AllReached);
        Assert.True(new ResultsTable("t").Add("a", double.NaN).AllReached);
    }

    private static string Written(ResultsTable table)
    {
        var output = new StringWriter();
        table.Write(AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) }));
        return output.ToString();
    }
}
