using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A run as a dashboard on a terminal: how far it is, its curves, its last epochs. Drawn by the thread that trains, four
/// times a
/// second.</summary>
/// <param name="title">Stands at the top.</param>
/// <param name="console">Where it is shown.</param>
/// <param name="time">The clock; null for the system's.</param>
internal sealed class LiveDashboard(string title, IAnsiConsole console, TimeProvider? time = null) : ITrainingProgress
{
    private const int ShownEpochs = 5;

    private readonly RunMeter _meter = new(TimeSpan.FromMilliseconds(250), time ?? TimeProvider.System);
    private readonly LossCurve _loss = new();
    private readonly List<EpochReport> _epochs = [];
    private LiveDisplayContext? _context;
    private string _news = "";

    public LiveDashboard ShownIn(LiveDisplayContext context)
    {
        _context = context;
        return this;
    }

    public void Started(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _meter.Start(run);
        _loss.Clear();
        _epochs.Clear();
        _epochs.AddRange(run.Epochs);
        _news = "";
        Show();
    }

    public void Stepped(long step, Tensor loss) => Take(_meter.Take(step, loss));

    public void Stepped(long step, Tensor loss, EpochAccuracy accuracy) => Take(_meter.Take(step, loss, accuracy));

    public void Stepped(long step, Tensor loss, IReadOnlyList<(string Name, Tensor? Loss)> losses) =>
        Take(_meter.Take(step, loss, losses: losses));

    public void EpochEnded(EpochReport epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        _meter.Take(epoch);
        _epochs.Add(epoch);
    }

    public void Skipped(long step, long skippedSteps) =>
        _news = string.Create(CultureInfo.InvariantCulture, $"step {step} is not finite and was skipped, {skippedSteps} so far");

    public void RolledBack(long step, long rollBacks, double learningRateScale) => _news = string.Create(
        CultureInfo.InvariantCulture,
            $"step {step} is not finite, roll-back {rollBacks}, learning rate times {learningRateScale:0.######}");

    public void Warned(long step, string warning) => _news = warning;

    public void Finished(TrainingReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        _meter.Finish(report);
        _news = report.Summary();
        Show();
    }

    /// <summary>What is shown at present.</summary>
    internal IRenderable Render()
    {
        int width = Math.Max(40, console.Profile.Width - 1),
            height = Math.Clamp((console.Profile.Height - ShownEpochs - 9) / 2, 6, 14);
        List<IRenderable> parts =
            [new Markup($"[bold]{Markup.Escape(title)}[/]  {Markup.Escape(MeterColumn.Line(_meter, width - title.Length - 2))}"),
            Bar(width)];
        double perEpoch = _meter.Run.StepsPerEpoch;
        parts.Add(new BrailleChart(width, height)
            .Add("step", "grey", _loss.Points)
            .Add("training, mean of an epoch", "blue", Curve(epoch => epoch.Loss))
            .Add("validation", "green", Curve(epoch => epoch.ValidationLoss))
            .Render("loss"));
        if (_epochs.Any(epoch => Share(epoch) is not null))
        {
            parts.Add(new BrailleChart(width, height)
                .Add("training", "blue", Curve(epoch => epoch.Accuracy ?? double.NaN))
                .Add("validation", "green", Curve(epoch => epoch.ValidationOf("accuracy") ?? double.NaN))
                .Render("accuracy"));
        }

        foreach (var epoch in _epochs.TakeLast(ShownEpochs)) parts.Add(new Text(Crop(Describe(epoch), width)));
        if (_news.Length > 0) parts.Add(new Text(Crop(_news, width)));
        return new Rows(parts);

        IEnumerable<(double X, double Y)> Curve(Func<EpochReport, double> number) =>
            _epochs.Select(epoch => (epoch.Epoch * perEpoch, number(epoch)));
    }

    // A line that wraps would push the top of the dashboard out of the terminal.
    private static string Crop(string text, int width) => text.Length <= width ? text
        : string.Concat(text.AsSpan(0, width - 1), "…");

    private static double? Share(EpochReport epoch) => epoch.Accuracy ?? epoch.ValidationOf("accuracy");

    private static string Describe(EpochReport epoch)
    {
        string losses = epoch.Losses.Count == 0 ? "" : $" ({EvaluationText.Of(epoch.Losses)})";
        string accuracy = epoch.Accuracy is { } share ? $"  accuracy {EvaluationText.Number(share)}" : "";
        string validation = epoch.Validation.Count == 0 ? "" : $"  validation {EvaluationText.Of(epoch.Validation)}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"epoch {epoch.Epoch}  loss {EvaluationText.Number(epoch.Loss)}{losses}{accuracy}{validation}  learning rate "
            + $"{EvaluationText.Number(epoch.LearningRate)}");
    }

    private Markup Bar(int width)
    {
        double share = Math.Clamp((double)_meter.Step / Math.Max(1, _meter.Run.TotalSteps), 0, 1);
        string left = _meter.Remaining is { } rest && rest > TimeSpan.Zero ? $", {ReportText.Time(rest)} left" : "";
        string times = string.Create(
            CultureInfo.InvariantCulture, $" {share * 100:0} %  {ReportText.Time(_meter.Elapsed)}{left}");
        int room = Math.Max(10, width - times.Length - 1), done = (int)Math.Round(share * room);
        return new Markup($"[green]{new string('━', done)}[/][grey]{new string('━', room - done)}[/]{times}");
    }

    private void Take(bool isNew)
    {
        if (!isNew) return;
        _loss.Add(_meter.Step, _meter.Loss!.Value);
        Show();
    }

    private void Show()
    {
        _context?.UpdateTarget(Render());
        _context?.Refresh();
    }
}
