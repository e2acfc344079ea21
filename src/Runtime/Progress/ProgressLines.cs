using System.Globalization;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A run as lines in a file or a pipe: one now and then, and one at the end.</summary>
internal sealed class ProgressLines : ITrainingProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly string _title;
    private readonly TextWriter _output;
    private readonly RunMeter _meter;
    private readonly TimeProvider _time;
    private long _totalSteps;
    private long _lastEpoch;

    /// <param name="title">Starts every line.</param>
    /// <param name="output">Where lines go.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public ProgressLines(string title, TextWriter output, TimeProvider? time = null)
    {
        _title = title;
        _output = output;
        _time = time ?? TimeProvider.System;
        _meter = new RunMeter(Interval, _time);
    }

    public void Started(TrainingRun run)
    {
        _totalSteps = run.TotalSteps;
        _meter.Start(run);
        _lastEpoch = _time.GetTimestamp();
    }

    public void Stepped(long step, Tensor loss) => Show(step, _meter.Take(step, loss));

    public void Stepped(long step, Tensor loss, EpochAccuracy accuracy) => Show(step, _meter.Take(step, loss, accuracy));

    public void Stepped(long step, Tensor loss, IReadOnlyList<(string Name, Tensor? Loss)> losses) =>
        Show(step, _meter.Take(step, loss, losses: losses));

    public void Skipped(long step, long skippedSteps) =>
        Write($"{_title}: step {step} is not finite and was skipped, {skippedSteps} so far");

    public void RolledBack(long step, long rollBacks, double learningRateScale) => Write(
        $"{_title}: step {step} is not finite, roll-back {rollBacks}, learning rate times {learningRateScale:0.######}");

    public void Warned(long step, string warning) => Write($"{_title}: step {step}, warning: {warning}");

    public void EpochEnded(EpochReport epoch)
    {
        _meter.Take(epoch);
        if (_time.GetElapsedTime(_lastEpoch) < Interval && epoch.Epoch < _meter.TotalEpochs) return;
        _lastEpoch = _time.GetTimestamp();
        string validation = epoch.Validation.Count == 0 ? "" : $", validation {EvaluationText.Of(epoch.Validation)}";
        string time = ReportText.Time(_meter.Elapsed);
        string means = string.Create(CultureInfo.InvariantCulture, $"mean loss {epoch.Loss:0.0000}{validation}");
        Write($"{_title}: epoch {epoch.Epoch} of {_meter.TotalEpochs}, {means}, {time}{Left()}");
    }

    public void Finished(TrainingReport report)
    {
        _meter.Finish(report);
        if (report.End != RunEnd.Completed)
        {
            _output.WriteLine($"{_title}: {report.Summary()}");
            _output.Flush();
            return;
        }

        double seconds = report.Duration.TotalSeconds, speed = report.StepsPerSecond;
        string end = $"loss {report.FinalLoss.ToString("0.0000", CultureInfo.InvariantCulture)}{Accuracy()}";
        Write($"{_title}: {report.Steps} steps in {seconds:0.0#} s ({speed:0} steps/s), {end}");
    }

    private void Show(long step, bool isNew)
    {
        if (!isNew) return;
        string more = Losses() + Accuracy();
        Write($"{_title}: step {step} of {_totalSteps}, loss {_meter.Loss:0.0000}{more}, {_meter.StepsPerSecond:0} steps/s");
    }

    private string Left() => _meter.Remaining is { } left && left > TimeSpan.Zero ? $", {ReportText.Time(left)} left" : "";

    private string Losses()
    {
        var losses = _meter.Losses.Select(loss =>
            string.Create(CultureInfo.InvariantCulture, $"{loss.Name} {loss.Loss:0.0000}"));
        return _meter.Losses.Count == 0 ? "" : $" ({string.Join(", ", losses)})";
    }

    private string Accuracy() =>
        _meter.Accuracy is { } share ? string.Create(CultureInfo.InvariantCulture, $", training accuracy {share:0.0000}") : "";

    private void Write(FormattableString line)
    {
        _output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        _output.Flush();
    }
}
