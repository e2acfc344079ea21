using Spectre.Console;
using Xunit;

namespace Dsl.Runtime.Tests;

public class ContinualEvaluationTests
{
    private static readonly double[][] Rows = [[0.9, 0.2, 0.1], [0.6, 0.8, 0.3], [0.5, 0.85, 0.7]];

    [Fact]
    public void Numbers_follow_from_the_matrix()
    {
        var evaluation = Evaluated();
        Assert.Equal((0.5 + 0.85 + 0.7) / 3, evaluation.AverageAccuracy, 12);
        Assert.Equal((0.5 - 0.9 + 0.85 - 0.8) / 2, evaluation.BackwardTransfer, 12);
        Assert.Equal((0.2 - 0.15 + 0.3 - 0.1) / 2, evaluation.ForwardTransfer, 12);

        // The second task was best at the end: it was not forgotten, and what was gained counts.
        Assert.Equal((0.9 - 0.5 + 0.8 - 0.85) / 2, evaluation.Forgetting, 12);
        Assert.Equal(0.6, evaluation[1, 0]);
    }

    [Fact]
    public void What_was_not_measured_is_not_known()
    {
        var evaluation = new ContinualEvaluation(2);
        evaluation.EndTask(task => 0.5);
        Assert.Contains("1 of 2", Assert.Throws<InvalidOperationException>(() => evaluation.AverageAccuracy).Message);
        Assert.Throws<InvalidOperationException>(() => evaluation.Forgetting);
        Assert.Throws<InvalidOperationException>(() => evaluation.Start(task => 0.1));
        evaluation.EndTask(task => 0.5);
        Assert.True(double.IsNaN(evaluation.ForwardTransfer));
        Assert.Throws<InvalidOperationException>(() => evaluation.EndTask(task => 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContinualEvaluation(1).EndTask(task => 71.3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContinualEvaluation(0));
    }

    [Fact]
    public void It_is_shown_as_a_table_and_on_a_page()
    {
        var evaluation = Evaluated();
        using var output = new StringWriter();
        evaluation.Write(AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) }));
        Assert.Contains("after task 2", output.ToString());
        Assert.Contains("68.3 %", output.ToString());
        Assert.Contains("backward transfer: −17.5 points", output.ToString());
        string page = string.Concat(evaluation.Content(1));
        Assert.Contains("<td>60.0 %</td>", page);
        Assert.Contains("forgetting: +17.5 points", page);
    }

    private static ContinualEvaluation Evaluated()
    {
        var evaluation = new ContinualEvaluation(3);
        double[] before = [0.12, 0.15, 0.1];
        evaluation.Start(task => before[task]);
        foreach (double[] row in Rows) evaluation.EndTask(task => row[task]);
        return evaluation;
    }
}
