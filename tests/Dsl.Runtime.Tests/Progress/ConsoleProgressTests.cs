using Spectre.Console;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Progress;

public class ConsoleProgressTests
{
    [Fact]
    public void Redirected_output_gets_plain_lines()
    {
        var (console, output) = Console(isTerminal: false);
        var result = ConsoleProgress.Run("Teacher [1]", Train, console);
        Assert.Equal(42, result);
        Assert.Equal("Teacher [1]: 3 steps in 1.5 s (2 steps/s), loss 0.2500", output.ToString().TrimEnd());
        Assert.DoesNotContain('\e', output.ToString());
    }

    [Fact]
    public void A_terminal_gets_a_bar_with_loss_and_speed()
    {
        var (console, output) = Console(isTerminal: true);
        var thread = Environment.CurrentManagedThreadId;
        ConsoleProgress.Run(
            "Teacher [1]",
            progress =>
            {
                // Gradient mode and dispose scopes belong to a thread.
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                Train(progress);
            },
            console);
        Assert.Contains("Teacher [1]", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("100%", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("0.2500", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("2 steps/s", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_error_of_the_training_comes_through(bool isTerminal)
    {
        var (console, _) = Console(isTerminal);
        Assert.Throws<InvalidDataException>(
            () => ConsoleProgress.Run("Teacher", int (progress) => throw new InvalidDataException("damaged"), console));
    }

    [Fact]
    public void Long_runs_write_a_line_now_and_then()
    {
        var clock = new ManualClock();
        var output = new StringWriter();
        var lines = new ProgressLines("Student", output, clock);
        using var loss = tensor(1.5f);
        lines.Started(new TrainingRun("StudentTrainer", 100, 10));
        for (var step = 1; step <= 100; step++)
        {
            clock.Advance(0.1);
            lines.Stepped(step, loss);
        }

        lines.Finished(new TrainingReport("StudentTrainer", 100, TimeSpan.FromSeconds(10), 1.5));
        Assert.Equal(
            [
                "Student: step 50 of 100, loss 1.5000, 10 steps/s",
                "Student: step 100 of 100, loss 1.5000, 10 steps/s",
                "Student: 100 steps in 10.0 s (10 steps/s), loss 1.5000",
            ],
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')));
    }

    [Fact]
    public void Lines_tell_of_epochs_now_and_then_and_of_the_last()
    {
        var clock = new ManualClock();
        var output = new StringWriter();
        ITrainingProgress lines = new ProgressLines("Student", output, clock);
        using var loss = tensor(1.5f);
        lines.Started(new TrainingRun("StudentTrainer", 40, 10));
        for (var step = 1; step <= 40; step++)
        {
            clock.Advance(0.3);
            lines.Stepped(step, loss);
            if (step % 10 == 0) lines.EpochEnded(new EpochReport(step / 10, 10, 2) { Validation = [("loss", 0.5)] });
        }

        lines.Finished(new TrainingReport("StudentTrainer", 0, TimeSpan.Zero, double.NaN) { End = RunEnd.NothingToDo });
        Assert.Equal(
            [
                "Student: step 17 of 40, loss 1.5000, 3 steps/s",
                "Student: epoch 2 of 4, mean loss 2.0000, validation loss 0.5, 6.0 s, 6.0 s left",
                "Student: step 34 of 40, loss 1.5000, 3 steps/s",
                "Student: epoch 4 of 4, mean loss 2.0000, validation loss 0.5, 12.0 s",
                "Student: StudentTrainer: no step to do, the run had ended before",
            ],
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')));
    }

    [Fact]
    public void Lines_show_the_accuracy_of_a_trainer_that_reports_it()
    {
        var clock = new ManualClock();
        var output = new StringWriter();
        var lines = new ProgressLines("Student", output, clock);
        using var loss = tensor(1.5f);
        using var accuracy = new EpochAccuracy(CPU);
        using var half = tensor(0.5f);
        using var all = tensor(1f);
        lines.Started(new TrainingRun("StudentTrainer", 2, 2));
        accuracy.Add(half, zeros([30], ScalarType.Int64), 0);
        accuracy.Add(all, zeros([10], ScalarType.Int64), 0);
        clock.Advance(10);
        lines.Stepped(2, loss, accuracy);
        lines.Finished(
            new TrainingReport("StudentTrainer", 2, TimeSpan.FromSeconds(10), 1.5) { TrainingAccuracy = accuracy.ToArray() });
        Assert.Equal(
            ["Student: step 2 of 2, loss 1.5000, training accuracy 0.6250, 0 steps/s",
                "Student: 2 steps in 10.0 s (0 steps/s), loss 1.5000, training accuracy 0.6250"],
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')));
    }

    private static int Train(ITrainingProgress progress)
    {
        using var loss = tensor(0.25f);
        progress.Started(new TrainingRun("TeacherTrainer", 3, 3));
        for (var step = 1; step <= 3; step++)
        {
            progress.Stepped(step, loss);
        }

        progress.Finished(new TrainingReport("TeacherTrainer", 3, TimeSpan.FromSeconds(1.5), 0.25));
        return 42;
    }

    private static (IAnsiConsole Console, StringWriter Output) Console(bool isTerminal)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.Detect,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.Detect,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new Output(output, isTerminal),
        });
        return (console, output);
    }

    private sealed class Output(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => 120;

        public int Height => 40;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
