using Spectre.Console;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Progress;

public class LiveDashboardTests
{
    [Fact]
    public void A_curve_is_drawn_dot_by_dot()
    {
        // Twenty dots from corner to corner: ten cells wide, two high, two rows of dots for five columns of them.
        var chart = new BrailleChart(width: 21, height: 4)
            .Add("falling", "blue", Enumerable.Range(0, 20).Select(x => (x * 1.0, 19.0 - x)))
            .Add("nothing", "green", [(1, double.NaN)]);
        string[] lines = ReportText.Of(console => console.Write(chart.Render("loss"))).Split('\n');
        Assert.Equal("loss  ━ falling", lines[0]);
        Assert.Equal("       19 │⠉⠒⠢⢄⣀⠀⠀⠀⠀⠀", lines[1]);
        Assert.Equal("        0 │⠀⠀⠀⠀⠀⠉⠑⠢⠤⣀", lines[2]);
        Assert.Equal("           0       19", lines[3]);
    }

    [Fact]
    public void A_dashboard_shows_how_far_a_run_is_and_its_curves()
    {
        var clock = new ManualClock();
        var (console, _) = TestConsole(100);
        var dashboard = new LiveDashboard("Net [1]", console, clock);
        dashboard.Started(new TrainingRun("NetTrainer", 100, 10));
        using var loss = tensor(1.5f);
        for (int step = 1; step <= 50; step++)
        {
            clock.Advance(1);
            dashboard.Stepped(step, loss);
            if (step % 10 != 0) continue;
            dashboard.EpochEnded(new EpochReport(step / 10, 10, 10.0 / step)
            {
                LearningRate = 0.1, Validation = [("loss", 20.0 / step), ("accuracy", step / 100.0)],
            });
        }

        clock.Advance(1);
        dashboard.Stepped(51, loss);
        string text = ReportText.Of(plain => plain.Write(dashboard.Render()));
        string[] lines = text.Split('\n');
        Assert.Equal("Net [1]  epoch 6/10  loss 1.5000  val loss 0.4000 accuracy 0.5000  1 steps/s", lines[0]);
        Assert.EndsWith(" 51 %  51.0 s, 49.0 s left", lines[1], StringComparison.Ordinal);
        Assert.Equal("loss  ━ step  ━ training, mean of an epoch  ━ validation", lines[2]);
        Assert.Contains(lines, line => line == "accuracy  ━ validation");
        Assert.Equal("epoch 5  loss 0.2  validation loss 0.4, accuracy 0.5  learning rate 0.1", lines[^1]);
        Assert.Equal(5, lines.Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_terminal_gets_a_dashboard_where_it_is_asked_for_and_a_pipe_gets_lines()
    {
        foreach (bool isTerminal in new[] { true, false })
        {
            var (console, output) = TestConsole(100, isTerminal);
            Assert.Equal(7, ConsoleProgress.Run("Net", Train, console, ProgressChoice.Parse("live")));
            Assert.Equal(isTerminal, output.ToString().Contains("training, mean of an epoch", StringComparison.Ordinal));
            Assert.Contains("3 steps", output.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("bars")]
    [InlineData("live,bar")]
    [InlineData("tensorboard:")]
    [InlineData("tensorboard:a,tensorboard:b")]
    public void A_wrong_choice_is_told(string text)
    {
        var error = Assert.Throws<InvalidOperationException>(() => ProgressChoice.Parse(text));
        Assert.Contains($"DSL_PROGRESS is '{text}': say bar, live, lines or none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Choices_are_read()
    {
        Assert.Equal(new ProgressChoice(ProgressDisplay.Bar, null), ProgressChoice.Parse(null));
        Assert.Equal(new ProgressChoice(ProgressDisplay.Bar, "runs/x"), ProgressChoice.Parse("tensorboard:runs/x"));
        Assert.Equal(new ProgressChoice(ProgressDisplay.Lines, "r"), ProgressChoice.Parse("lines, tensorboard:r"));
    }

    [Fact]
    public void A_meter_says_as_much_as_there_is_room_for()
    {
        var clock = new ManualClock();
        var meter = new RunMeter(TimeSpan.FromSeconds(1), clock);
        meter.Start(new TrainingRun("NetTrainer", 40, 10));
        using var loss = tensor(0.5f);
        meter.Take(1, loss);
        clock.Advance(2);
        meter.Take(12, loss, losses: [("crossEntropy", loss)]);
        meter.Take(new EpochReport(1, 10, 1) { Validation = [("loss", 2), ("accuracy", 0.5), ("third", 1)] });
        Assert.Equal("loss 0.5000", MeterColumn.Line(meter, 5));
        Assert.Equal("epoch 2/4  loss 0.5000", MeterColumn.Line(meter, 30));
        Assert.Equal(
            "epoch 2/4  loss 0.5000  cross entropy 0.5000  val loss 2.0000 accuracy 0.5000  6 steps/s",
            MeterColumn.Line(meter, 100));
    }

    [Fact]
    public void A_curve_of_any_length_stays_short_and_keeps_its_shape()
    {
        var curve = new LossCurve();
        for (int i = 0; i < 100_000; i++) curve.Add(i, 2 * i);
        Assert.InRange(curve.Points.Count, 500, 1024);
        Assert.All(curve.Points, point => Assert.Equal(2 * point.X, point.Y));
        Assert.True(curve.Points[^1].X > 99_000);
        Assert.Equal(curve.Points.Select(point => point.X).Order(), curve.Points.Select(point => point.X));
    }

    private static int Train(ITrainingProgress progress)
    {
        using var loss = tensor(0.25f);
        progress.Started(new TrainingRun("NetTrainer", 3, 3));
        for (int step = 1; step <= 3; step++) progress.Stepped(step, loss);
        progress.EpochEnded(new EpochReport(1, 3, 0.25) { LearningRate = 0.1 });
        progress.Finished(new TrainingReport("NetTrainer", 3, TimeSpan.FromSeconds(1.5), 0.25));
        return 7;
    }

    private static (IAnsiConsole Console, StringWriter Output) TestConsole(int width, bool isTerminal = true)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new Terminal(output, isTerminal, width),
        });
        return (console, output);
    }

    private sealed class Terminal(TextWriter writer, bool isTerminal, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => width;

        public int Height => 40;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
