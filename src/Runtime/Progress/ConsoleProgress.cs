using Spectre.Console;

namespace Dsl.Runtime;

/// <summary>Shows a run on the console while it lasts: how far it is, its loss and its speed.</summary>
public static class ConsoleProgress
{
    /// <summary>Runs a training with a progress bar, or with plain lines where the output is no terminal. The environment
    /// variable
    /// <c>DSL_PROGRESS</c> chooses otherwise: <c>live</c> for a dashboard with curves, <c>bar</c>, <c>lines</c>, <c>none</c>;
    /// <c>tensorboard:FOLDER</c> writes event files too, for each call into a new folder there. Where nothing is chosen,
    /// of several processes that <c>mpirun</c> has started the first one alone shows its run.</summary>
    /// <param name="title">Stands before the bar.</param>
    /// <param name="training">The training, on the calling thread: pass the watcher to <c>Fit</c>. More than one run may follow
    /// another in it.</param>
    /// <param name="console">Where to show it; null for the process's console.</param>
    /// <returns>What the training returns.</returns>
    /// <exception cref="InvalidOperationException"><c>DSL_PROGRESS</c> says something else.</exception>
    public static T Run<T>(string title, Func<ITrainingProgress, T> training, IAnsiConsole? console = null) =>
        Run(title, training, console ?? AnsiConsole.Console, ProgressChoice.FromEnvironment());

    internal static T Run<T>(string title, Func<ITrainingProgress, T> training, IAnsiConsole console, ProgressChoice choice)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(training);
        if (choice.EventFolder is { } folder)
        {
            var events = new TensorBoardLog(TensorBoardLog.NewFolder(folder, title));
            var shown = training;
            training = progress => shown(new CombinedProgress(progress, events));
        }

        bool isTerminal = console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;
        return choice.Display switch
        {
            ProgressDisplay.None => training(new NoProgress()),
            ProgressDisplay.Bar when isTerminal => RunBar(title, training, console),
            ProgressDisplay.Live when isTerminal => RunLive(title, training, console),
            _ => training(new ProgressLines(title, console.Profile.Out.Writer)),
        };
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

    private static T RunBar<T>(string title, Func<ITrainingProgress, T> training, IAnsiConsole console)
    {
        // One task: the columns show the meter of the run that this call watches. Beside the meter stand the title, the bar, the
        // share, two times, and a blank between each and the next.
        const int barWidth = 20, restWidth = 5 + 8 + 8 + 6;
        var bar = new ProgressBar(title);
        T result = console.Progress()
            .AutoRefresh(true)
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = barWidth },
                new PercentageColumn(),
                new MeterColumn(bar.Meter, title.Length + barWidth + restWidth),
                new ElapsedTimeColumn(),
                new RemainingTimeColumn())
            .Start(context => training(bar.ShownIn(context)));
        foreach (string warning in bar.Warnings) console.WriteLine($"{title}: warning: {warning}");
        return result;
    }

    private static T RunLive<T>(string title, Func<ITrainingProgress, T> training, IAnsiConsole console)
    {
        var dashboard = new LiveDashboard(title, console);
        return console.Live(new Text(title)).AutoClear(false).Start(context => training(dashboard.ShownIn(context)));
    }
}
