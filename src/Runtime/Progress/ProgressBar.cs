using Spectre.Console;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A run as a bar on a terminal.</summary>
/// <param name="title">Stands before the bar.</param>
internal sealed class ProgressBar(string title) : ITrainingProgress
{
    private ProgressContext? _context;
    private ProgressTask? _task;

    /// <summary>Read ten times a second: often enough for eyes, seldom enough for a GPU.</summary>
    public RunMeter Meter { get; } = new(TimeSpan.FromMilliseconds(100), TimeProvider.System);

    /// <summary>What deserves a look: a bar has no place for it while it moves.</summary>
    public List<string> Warnings { get; } = [];

    public ProgressBar ShownIn(ProgressContext context)
    {
        _context = context;
        return this;
    }

    public void Started(TrainingRun run)
    {
        Meter.Start(run);
        _task ??= _context?.AddTask(Markup.Escape(title));
        if (_task is { } task)
        {
            // A bar needs a length: a run that has nothing to do is shown as done.
            task.MaxValue = Math.Max(run.TotalSteps, 1);
            task.Value = 0;
        }
    }

    public void Stepped(long step, Tensor loss) => Show(step, Meter.Take(step, loss));

    public void Stepped(long step, Tensor loss, EpochAccuracy accuracy) => Show(step, Meter.Take(step, loss, accuracy));

    public void Stepped(long step, Tensor loss, IReadOnlyList<(string Name, Tensor? Loss)> losses) =>
        Show(step, Meter.Take(step, loss, losses: losses));

    public void EpochEnded(EpochReport epoch) => Meter.Take(epoch);

    public void Warned(long step, string warning) => Warnings.Add(warning);

    public void Finished(TrainingReport report)
    {
        Meter.Finish(report);
        if (_task is { } task)
        {
            task.Value = task.MaxValue;
        }
    }

    private void Show(long step, bool isNew)
    {
        if (isNew && _task is { } task)
        {
            task.Value = step;
        }
    }
}
