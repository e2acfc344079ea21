using Spectre.Console;

namespace Dsl.Runtime;

/// <summary>Shows a run on the console while it lasts: how far it is, its loss and its speed.</summary>
public static class ConsoleProgress
{
    /// <summary>Runs a training with a progress bar, or with plain lines where the output is no terminal.</summary>
    /// <param name="title">Stands before the bar.</param>
    /// <param name="training">The training, on the calling thread: pass the watcher to <c>Fit</c>. More than one run may follow
    /// another in it.</param>
    /// <param name="console">Where to show it; null for the process's console.</param>
    /// <returns>What the training returns.</returns>
    public static T Run<T>(string title, Func<ITrainingProgress, T> training, IAnsiConsole? console = null)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(training);
        console ??= AnsiConsole.Console;
        if (!console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Ansi)
        {
            return training(new ProgressLines(title, console.Profile.Out.Writer));
        }

        // One task: the columns show the meter of the run that this call watches.
        var bar = new ProgressBar(title);
        return console.Progress()
            .AutoRefresh(true)
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 30 },
                new PercentageColumn(),
                new MeterColumn(bar.Meter),
                new RemainingTimeColumn())
            .Start(context => training(bar.ShownIn(context)));
    }

    /// <summary>Runs a training with a progress bar, or with plain lines where the output is no terminal.</summary>
    /// <param name="title">Stands before the bar.</param>
    /// <param name="training">The training, on the calling thread: pass the watcher to <c>Fit</c>.</param>
    /// <param name="console">Where to show it; null for the process's console.</param>
    public static void Run(string title, Action<ITrainingProgress> training, IAnsiConsole? console = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        Run<object?>(
            title,
            progress =>
            {
                training(progress);
                return null;
            },
            console);
    }
}
